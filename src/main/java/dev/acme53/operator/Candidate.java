package dev.acme53.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What one instance knows of the Lease from its own tries, and its next one. Clocks are not compared with the
/// holder's: a Lease has run out when it was seen unchanged for as long as its holder said, by this instance's own
/// clock. For one thread.
final class Candidate {
    /// What came of a try.
    sealed interface Outcome {
        /// This instance holds the Lease, renewed just now.
        record Held(Lease lease) implements Outcome {}

        /// Somebody else does.
        /// @param left until it runs out unless renewed
        record Theirs(String holder, Duration left) implements Outcome {}

        /// Somebody wrote in between: nothing is known, and another try is due.
        record Outrun() implements Outcome {}

        /// The API server does not answer, or refuses.
        /// @param why the same from one time to the next
        record Failed(String why, boolean refused) implements Outcome {
            static Failed of(Throwable fault) {
                return fault instanceof KubernetesClientException e && e.getCode() > 0
                        ? new Failed("HTTP " + e.getCode(), e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR)
                        : new Failed(fault.getClass().getSimpleName(), false);
            }
        }
    }

    /// What is tried, from what is known before; without effects on this object, so that a try that takes too long can
    /// be given up.
    @FunctionalInterface
    interface Try {
        Found run();
    }

    /// @param seen the Lease as last read or written; null when it is not known
    record Found(Outcome outcome, @Nullable Lease seen) {}

    private final LeaseLock lock;
    private final LongSupplier nanoTime;
    private @Nullable Lease seen;
    private long seenAt;

    /// @param nanoTime a monotonic clock
    Candidate(LeaseLock lock, LongSupplier nanoTime) {
        this.lock = lock;
        this.nanoTime = nanoTime;
    }

    /// The next try: renews what is held, takes what is free or has run out, looks at what is somebody else's.
    Try next() {
        var known = seen;
        var knownSince = seenAt;
        return () -> {
            if (known != null && isHeldByUs(known)) {
                var renewed = lock.renew(known);
                if (renewed.isPresent()) {
                    return held(renewed.get());
                }
            }
            return look(known, knownSince);
        };
    }

    /// Remembers what a try has found.
    Outcome learn(Found found) {
        if (found.seen == null || !isSame(found.seen, seen)) {
            seenAt = nanoTime.getAsLong();
        }
        seen = found.seen;
        return found.outcome;
    }

    /// Leaves the Lease without a holder if this instance holds it; whether it did.
    boolean release() {
        var held = Optional.ofNullable(seen).filter(this::isHeldByUs);
        if (held.isEmpty()) {
            return false;
        }
        return held.flatMap(lock::release)
                .or(() -> lock.read().filter(this::isHeldByUs).flatMap(lock::release))
                .isPresent();
    }

    private Found look(@Nullable Lease known, long knownSince) {
        var read = lock.read();
        if (read.isEmpty()) {
            return lock.create().map(Candidate::held).orElseGet(Candidate::outrun);
        }
        var lease = read.get();
        if (isHeldByUs(lease)) {
            return lock.renew(lease).map(Candidate::held).orElseGet(Candidate::outrun);
        }
        var left =
                isSame(lease, known) ? duration(lease).minusNanos(nanoTime.getAsLong() - knownSince) : duration(lease);
        if (holder(lease).isEmpty() || !left.isPositive()) {
            return lock.take(lease).map(Candidate::held).orElseGet(Candidate::outrun);
        }
        return new Found(new Outcome.Theirs(holder(lease), left), lease);
    }

    private static Found held(Lease lease) {
        return new Found(new Outcome.Held(lease), lease);
    }

    private static Found outrun() {
        return new Found(new Outcome.Outrun(), null);
    }

    private boolean isHeldByUs(Lease lease) {
        return holder(lease).equals(lock.identity());
    }

    private static String holder(Lease lease) {
        var spec = lease.getSpec();
        return spec == null ? "" : Objects.requireNonNullElse(spec.getHolderIdentity(), "");
    }

    /// As its holder said, which need not be what we would say.
    private Duration duration(Lease lease) {
        var spec = lease.getSpec();
        return spec == null || spec.getLeaseDurationSeconds() == null
                ? lock.duration()
                : Duration.ofSeconds(spec.getLeaseDurationSeconds());
    }

    private static boolean isSame(Lease one, @Nullable Lease other) {
        return other != null
                && Objects.equals(
                        one.getMetadata().getResourceVersion(),
                        other.getMetadata().getResourceVersion())
                && Objects.equals(
                        one.getMetadata().getUid(), other.getMetadata().getUid());
    }
}
