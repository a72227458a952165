package dev.acme53.reconcile;

import dev.acme53.api.OwnerReferences;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    /// By the UID of their controller: a stage asks for those of one object at each reconcile, while a thousand of
    /// others may be awaited.
    private final Map<String, List<Created<K>>> awaited = new ConcurrentHashMap<>();

    private volatile Instant swept = Instant.MIN;

    JustCreated(InstantSource clock) {
        this.clock = clock;
    }

    /// @param object without a controller it is nobody's, and not kept
    void add(K object) {
        var now = clock.instant();
        sweep(now);
        controller(object)
                .ifPresent(owner -> awaited.merge(
                        owner,
                        List.of(new Created<>(object, now)),
                        (those, added) -> Stream.concat(
                                        those.stream()
                                                .filter(other -> !other.isOver(now) && !isNamed(other.object, object)),
                                        added.stream())
                                .toList()));
    }

    /// The cache knows better now, whatever has become of `object`. One that has got another controller meanwhile is
    /// awaited until its time is over.
    void seen(K object) {
        if (awaited.isEmpty()) {
            return;
        }
        controller(object)
                .ifPresent(owner -> awaited.computeIfPresent(owner, (_, those) -> {
                    var left = those.stream()
                            .filter(other -> !isSame(other.object, object))
                            .toList();
                    return left.isEmpty() ? null : left;
                }));
    }

    /// Those of `owner` in the cache and the awaited ones; of two of a name the awaited one, which came later.
    /// @param cached is read after the awaited ones, so that none is missed which the cache gets meanwhile
    List<K> of(HasMetadata owner, Supplier<List<K>> cached) {
        var mine = awaited(owner).map(created -> created.object).toList();
        var known = cached.get();
        if (mine.isEmpty()) {
            return known;
        }
        var all = new ArrayList<>(known);
        for (var object : mine) {
            if (known.stream().noneMatch(other -> isSame(other, object))) {
                all.removeIf(other -> isNamed(other, object));
                all.add(object);
            }
        }
        return all;
    }

    /// How long those of `owner` are waited for yet; empty when none is.
    Optional<Duration> left(HasMetadata owner) {
        var now = clock.instant();
        return awaited(owner)
                .map(created -> Duration.between(now, created.end().plusMillis(1)))
                .max(Duration::compareTo);
    }

    private Stream<Created<K>> awaited(HasMetadata owner) {
        var uid = owner.getMetadata().getUid();
        var those = uid == null ? null : awaited.get(uid);
        if (those == null) {
            return Stream.empty();
        }
        var now = clock.instant();
        return those.stream().filter(created -> !created.isOver(now));
    }

    /// Forgets those whose events did not come in time.
    private void sweep(Instant now) {
        if (now.isAfter(swept)) {
            swept = now.plus(SEEN_WITHIN);
            awaited.values().removeIf(those -> those.stream().allMatch(created -> created.isOver(now)));
        }
    }

    private static Optional<String> controller(HasMetadata object) {
        return OwnerReferences.controller(object).map(OwnerReference::getUid);
    }

    /// Of how many objects' creations this holds anything.
    int owners() {
        return awaited.size();
    }

    private static boolean isNamed(HasMetadata a, HasMetadata b) {
        return ResourceID.fromResource(a).equals(ResourceID.fromResource(b));
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
