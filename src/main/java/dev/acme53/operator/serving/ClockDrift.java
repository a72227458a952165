package dev.acme53.operator.serving;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Whether the wall clock has moved away from the monotonic clock since the start, by being set or because the machine
/// slept. Timers run on the monotonic clock, so after such a jump renewals could come late; a restart cures that.
public final class ClockDrift {
    private static final Duration MOST = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Instant started;
    private final long startedNanos;

    /// Starts to compare now.
    public ClockDrift(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.started = clock.instant();
        this.startedNanos = nanoTime.getAsLong();
    }

    /// The complaint when the two are more than five minutes apart.
    public Optional<String> complaint() {
        var wall = Duration.between(started, clock.instant());
        var monotonic = Duration.ofNanos(nanoTime.getAsLong() - startedNanos);
        var drift = wall.minus(monotonic).abs();
        return drift.compareTo(MOST) > 0
                ? Optional.of("wall clock and monotonic clock are " + drift.toSeconds() + " s apart since the start")
                : Optional.empty();
    }
}
