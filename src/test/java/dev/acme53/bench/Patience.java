package dev.acme53.bench;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting that costs next to nothing.
final class Patience {
    private Patience() {}

    /// Asks every `interval` until the answer is yes.
    /// @return whether it was, within `limit`
    static boolean waitFor(BooleanSupplier question, Duration interval, Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (!question.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(interval);
        }
        return true;
    }

    /// Waits until `value` has stayed the same for `quiet`, for at most `limit`.
    static boolean waitUntilStill(java.util.function.LongSupplier value, Duration quiet, Duration limit)
            throws InterruptedException {
        var known = new long[] {value.getAsLong(), System.nanoTime()};
        return waitFor(
                () -> {
                    var now = value.getAsLong();
                    if (now != known[0]) {
                        known[0] = now;
                        known[1] = System.nanoTime();
                    }
                    return System.nanoTime() - known[1] >= quiet.toNanos();
                },
                Duration.ofMillis(250),
                limit);
    }
}
