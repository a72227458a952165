package dev.acme53.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// Back-off per object after failures that time may heal: `base`, doubled by each further failure, at most
/// `cap`, ±10 %.
///
/// Counts live in memory, as a work queue's do: after a restart the first retry is quick again (behaviour.md
/// §0.2). What must outlive a restart (a Certificate's failed issuances) is kept in status instead.
public final class Retries {
    private final Duration base;
    private final Duration cap;
    private final RandomGenerator random;
    private final Map<ResourceID, Integer> failures = new ConcurrentHashMap<>();

    public Retries(Duration base, Duration cap, RandomGenerator random) {
        this.base = base;
        this.cap = cap;
        this.random = random;
    }

    /// Counts a failure of `object` and says how long to wait before the next try.
    public Duration next(ResourceID object) {
        var failed = failures.merge(object, 1, Integer::sum);
        return jittered(delay(failed));
    }

    /// Ends the back-off of `object`: it succeeded, changed or is gone.
    public void reset(ResourceID object) {
        failures.remove(object);
    }

    /// The wait after the n-th consecutive failure, n ≥ 1, before jitter.
    Duration delay(int failed) {
        var doublings = Math.min(failed - 1, 40);
        var millis = base.toMillis() * Math.pow(2, doublings);
        return millis >= cap.toMillis() ? cap : Duration.ofMillis((long) millis);
    }

    private Duration jittered(Duration delay) {
        return Duration.ofMillis((long) (delay.toMillis() * (0.9 + 0.2 * random.nextDouble())));
    }
}
