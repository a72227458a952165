package dev.acme53.route53;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long a lane waits when its zone is busy or the rate too high: 1, 2, 4 … 20 s, and up to a tenth more.
///
/// Guarded by its lane.
final class LaneWaits {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final RandomGenerator random;
    private int tries;

    LaneWaits(RandomGenerator random) {
        this.random = random;
    }

    /// Before the next try.
    Duration next() {
        var wait = FIRST.multipliedBy(1L << Math.min(tries++, 10));
        var most = wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
        return most.plusMillis((long) (most.toMillis() * 0.1 * random.nextDouble()));
    }

    /// There was another answer.
    void reset() {
        tries = 0;
    }
}
