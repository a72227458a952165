package dev.acme53.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// Times of the same thing, sorted.
record Durations(List<Duration> sorted) {
    Durations {
        sorted = List.copyOf(sorted);
    }

    static Durations of(Collection<Duration> all) {
        return new Durations(all.stream().sorted().toList());
    }

    /// The shortest time that `percent` per cent of all do not exceed (nearest rank).
    Duration percentile(int percent) {
        return sorted.get(Math.max(0, Math.ceilDiv(sorted.size() * percent, 100) - 1));
    }

    /// The longest.
    Duration all() {
        return sorted.getLast();
    }

    boolean isEmpty() {
        return sorted.isEmpty();
    }
}
