package dev.acme53.challenge;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How many Challenges are worked on at the same time (`--max-concurrent-challenges`); the oldest of those that wait
/// is next.
final class Admission {
    private final int most;
    private final Set<ResourceID> admitted = new HashSet<>();
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
    /// @param atWork those whose status says so, here or in another process before this one
    synchronized boolean admit(ResourceID challenge, Instant created, Set<ResourceID> atWork) {
        var all = new HashSet<>(atWork);
        all.addAll(admitted);
        if (all.contains(challenge) || all.size() < most) {
            admitted.add(challenge);
            waiting.remove(challenge);
            return true;
        }
        waiting.put(challenge, created);
        return false;
    }

    /// Gives the place of `challenge` back.
    void release(ResourceID challenge) {
        var next = released(challenge);
        if (next != null) {
            wake.accept(next);
        }
    }

    private synchronized @Nullable ResourceID released(ResourceID challenge) {
        waiting.remove(challenge);
        admitted.remove(challenge);
        return waiting.entrySet().stream()
                .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
