package dev.acme53.challenge;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// How many Challenges are worked on at the same time (`--max-concurrent-challenges`). Of those that wait the oldest is
/// next, whoever asks first.
///
/// Several of one name go on at the same time, an apex and its wildcard for example: the peer has them take turns, but
/// their records do not touch each other (route53.md R40).
final class Admission {
    private static final Comparator<Map.Entry<ResourceID, Instant>> BY_AGE =
            Map.Entry.<ResourceID, Instant>comparingByValue()
                    .thenComparing(e -> e.getKey().toString());

    private final int most;
    private final Set<ResourceID> admitted = new HashSet<>();
    private final Set<ResourceID> released = new HashSet<>();
    private final Map<ResourceID, Instant> waiting = new HashMap<>();
    private volatile Consumer<ResourceID> wake = _ -> {};

    Admission(int most) {
        this.most = most;
    }

    void wakeBy(Consumer<ResourceID> wake) {
        this.wake = wake;
    }

    /// Whether `challenge` has a place now; if not, it is woken when it is its turn.
    ///
    /// @param atWork those whose status says so, here or in another process before this one; those that gave their
    /// place back may still be among them for a moment
    synchronized boolean admit(ResourceID challenge, Instant created, Set<ResourceID> atWork) {
        released.retainAll(atWork);
        var taken = new HashSet<>(atWork);
        taken.removeAll(released);
        taken.addAll(admitted);
        if (!taken.contains(challenge)) {
            waiting.put(challenge, created);
            if (!firstWaiting(most - taken.size()).contains(challenge)) {
                return false;
            }
        }
        admitted.add(challenge);
        released.remove(challenge);
        waiting.remove(challenge);
        return true;
    }

    /// Gives the place of `challenge` back, or its turn.
    void release(ResourceID challenge) {
        released(challenge).forEach(wake);
    }

    private synchronized List<ResourceID> released(ResourceID challenge) {
        waiting.remove(challenge);
        admitted.remove(challenge);
        released.add(challenge);
        return firstWaiting(most - admitted.size());
    }

    private List<ResourceID> firstWaiting(int places) {
        return waiting.entrySet().stream()
                .sorted(BY_AGE)
                .limit(Math.max(places, 0))
                .map(Map.Entry::getKey)
                .toList();
    }
}
