package dev.acme53.reconcile;

import dev.acme53.api.OwnerReferences;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All objects of one kind, by the one informer that the process has of it: that of the stage which works on them.
/// Other stages read its cache here, and follow its events (ADR 24).
public final class WatchedKind<K extends CustomResource<?, ?>> {
    private static final String OWNER = "owner";
    private static final Duration FILLED_WITHIN = Duration.ofMinutes(2);

    private final Class<K> kind;
    private final JustCreated<K> justCreated;
    private final List<Follower<K, ?>> followers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> filled = new CompletableFuture<>();
    private volatile @Nullable IndexerResourceCache<K> cache;

    WatchedKind(Class<K> kind, InstantSource clock) {
        this.kind = kind;
        this.justCreated = new JustCreated<>(clock);
    }

    Class<K> kind() {
        return kind;
    }

    /// Whether other stages follow it, and no stage works on it.
    boolean isUnattended() {
        return cache == null && !followers.isEmpty();
    }

    /// The event source by which the stage that works on the kind shares its informer.
    public EventSource<?, K> shared(EventSourceContext<K> josdk) {
        var primaries = josdk.getPrimaryCache();
        primaries.addIndexer(OWNER, WatchedKind::ownerKey);
        cache = primaries;
        return new Shared();
    }

    /// An event source that wakes the objects of another stage when one of this kind appears, changes or goes. Filters
    /// may be set on it.
    ///
    /// @param woken which are woken by an object
    public <P extends HasMetadata> AbstractEventSource<K, P> followed(Function<K, Set<ResourceID>> woken) {
        var follower = new Follower<K, P>(this, woken);
        followers.add(follower);
        return follower;
    }

    public Optional<K> get(ResourceID id) {
        var known = cache;
        return known == null ? Optional.empty() : known.get(id);
    }

    /// Notes that this process created `object`: it counts among those of its controller before its event comes. What
    /// the caches do not keep is taken from it.
    public void created(K object) {
        justCreated.add(SlimObjects.slim(object));
    }

    /// Notes that `object`, which was [#created], is there no longer.
    public void gone(K object) {
        justCreated.seen(object);
    }

    /// When to look at `owner` again without an event: `otherwise`, but no later than the events of what was created
    /// for it are given up, for then that has to be created anew.
    public Optional<Duration> lookAgain(HasMetadata owner, Optional<Duration> otherwise) {
        return Stream.concat(otherwise.stream(), justCreated.left(owner).stream())
                .min(Duration::compareTo);
    }

    /// The objects whose controller is `owner`, those that were just created included.
    public List<K> controlledBy(HasMetadata owner) {
        return justCreated.of(owner, () -> cached(owner));
    }

    private List<K> cached(HasMetadata owner) {
        var known = cache;
        if (known == null) {
            return List.of();
        }
        var meta = owner.getMetadata();
        return known.byIndex(OWNER, key(meta.getNamespace(), meta.getName())).stream()
                .filter(object -> OwnerReferences.isControlledBy(object, owner))
                .toList();
    }

    /// The name of an object's controller, if it has one: whom an event of it wakes in the stage that made it.
    public static Set<ResourceID> controllerOf(HasMetadata object) {
        return OwnerReferences.controller(object)
                .map(owner -> Set.of(
                        new ResourceID(owner.getName(), object.getMetadata().getNamespace())))
                .orElseGet(Set::of);
    }

    /// Has those who wait for the cache give up.
    void fail(Throwable cause) {
        filled.completeExceptionally(cause);
    }

    void awaitFilled() {
        try {
            filled.get(FILLED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperatorException("Interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new OperatorException("No cache of " + kind.getSimpleName(), e);
        }
    }

    private void tell(Consumer<Follower<K, ?>> event) {
        followers.forEach(event);
    }

    private static List<String> ownerKey(HasMetadata object) {
        return OwnerReferences.controller(object)
                .map(owner -> key(object.getMetadata().getNamespace(), owner.getName()))
                .stream()
                .toList();
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /// Among the event sources of the stage that works on the kind: it starts once their informer is filled, and is
    /// told each of its events, before any filter.
    private final class Shared extends AbstractEventSource<Void, K> implements ResourceEventAware<K> {
        Shared() {
            super(Void.class, "shared");
        }

        @Override
        public void start() {
            super.start();
            filled.complete(null);
        }

        @Override
        public Set<Void> getSecondaryResources(K primary) {
            return Set.of();
        }

        @Override
        public void onResourceCreated(K object) {
            justCreated.seen(object);
            tell(follower -> follower.appeared(object));
        }

        @Override
        public void onResourceUpdated(K now, K before) {
            justCreated.seen(now);
            tell(follower -> follower.changed(now, before));
        }

        @Override
        public void onResourceDeleted(K object) {
            justCreated.seen(object);
            tell(follower -> follower.went(object));
        }
    }
}
