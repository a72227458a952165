package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;
import java.util.function.Function;

/// The end of a [WatchedKind] at a stage that follows it: the stage starts once the cache is filled.
final class Follower<K extends CustomResource<?, ?>, P extends HasMetadata> extends AbstractEventSource<K, P> {
    private final WatchedKind<K> watched;
    private final Function<K, Set<ResourceID>> woken;

    Follower(WatchedKind<K> watched, Function<K, Set<ResourceID>> woken) {
        super(watched.kind(), watched.kind().getSimpleName());
        this.watched = watched;
        this.woken = woken;
    }

    @Override
    public void start() {
        watched.awaitFilled();
        super.start();
    }

    /// Read from the [WatchedKind] instead.
    @Override
    public Set<K> getSecondaryResources(P primary) {
        return Set.of();
    }

    void appeared(K object) {
        if (onAddFilter == null || onAddFilter.accept(object)) {
            wake(object);
        }
    }

    void changed(K now, K before) {
        if (onUpdateFilter == null || onUpdateFilter.accept(now, before)) {
            wake(now);
        }
    }

    void went(K object) {
        if (onDeleteFilter == null || onDeleteFilter.accept(object, false)) {
            wake(object);
        }
    }

    private void wake(K object) {
        woken.apply(object).forEach(id -> getEventHandler().handleEvent(new Event(id)));
    }
}
