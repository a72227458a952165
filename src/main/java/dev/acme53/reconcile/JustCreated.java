package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Objects of one kind that this process has just created and whose events are still on the way, so that none is
/// created again, or under another name, for want of them.
///
/// A hint only: a process that lost it creates once more, and the API server says that the object is there.
final class JustCreated<K extends HasMetadata> {
    /// An event that takes longer will not come: the object was deleted before it was seen.
    static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Map<ResourceID, Created<K>> awaited = new ConcurrentHashMap<>();

    JustCreated(InstantSource clock) {
        this.clock = clock;
    }

    void add(K object) {
        var now = clock.instant();
        awaited.values().removeIf(created -> created.isOver(now));
        awaited.put(ResourceID.fromResource(object), new Created<>(object, now));
    }

    /// The cache knows better now, whatever has become of `object`.
    void seen(K object) {
        awaited.computeIfPresent(
                ResourceID.fromResource(object), (_, created) -> isSame(created.object, object) ? null : created);
    }

    /// Those of the cache and the awaited ones; of two of a name the awaited one, which came after the other.
    /// @param which of the awaited ones are meant
    /// @param cached is read after the awaited ones, so that none is missed which the cache gets meanwhile
    List<K> with(Predicate<K> which, Supplier<List<K>> cached) {
        var mine = awaited(which).map(created -> created.object).toList();
        var known = cached.get();
        if (mine.isEmpty()) {
            return known;
        }
        var all = new ArrayList<>(known);
        for (var object : mine) {
            if (known.stream().noneMatch(other -> isSame(other, object))) {
                all.removeIf(other -> ResourceID.fromResource(other).equals(ResourceID.fromResource(object)));
                all.add(object);
            }
        }
        return all;
    }

    /// How long those that are meant are waited for yet; empty when none is.
    Optional<Duration> left(Predicate<K> which) {
        var now = clock.instant();
        return awaited(which)
                .map(created -> Duration.between(now, created.end().plusMillis(1)))
                .max(Duration::compareTo);
    }

    private Stream<Created<K>> awaited(Predicate<K> which) {
        var now = clock.instant();
        return awaited.values().stream().filter(created -> !created.isOver(now) && which.test(created.object));
    }

    private static boolean isSame(HasMetadata a, HasMetadata b) {
        return a.getMetadata().getUid().equals(b.getMetadata().getUid());
    }

    private record Created<K>(K object, Instant at) {
        Instant end() {
            return at.plus(SEEN_WITHIN);
        }

        boolean isOver(Instant now) {
            return now.isAfter(end());
        }
    }
}
