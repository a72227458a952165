package dev.acme53.certificate;

import dev.acme53.api.CertificateStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long a Certificate waits after failed issuances (behaviour.md §1.2.2): 1 h, 2 h, 4 h, … 32 h, by status alone,
/// so that it survives restarts.
public final class FailureBackoff {
    private FailureBackoff() {}

    /// When a Certificate whose issuance failed is tried again, which may have passed; empty when none failed.
    public static Optional<Instant> nextAttempt(CertificateStatus status, CertificateSettings settings) {
        var failed = status.lastFailureTime();
        if (failed == null) {
            return Optional.empty();
        }
        var attempts = status.failedIssuanceAttempts();
        return Optional.of(
                settings.minimumBackoff().isPositive()
                        ? failed.plus(delay(attempts == null ? 0 : attempts, settings))
                        : failed);
    }

    /// What is left to wait; zero when nothing is.
    static Duration remaining(CertificateStatus status, CertificateSettings settings, Instant now) {
        return nextAttempt(status, settings)
                .map(next -> Duration.between(now, next))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private static Duration delay(long attempts, CertificateSettings settings) {
        var min = settings.minimumBackoff();
        var max = settings.maximumBackoff();
        if (attempts <= 0) {
            return min;
        }
        var doublings = (int) Math.min(attempts - 1, 62);
        var doubled = min.toMillis() * Math.pow(2, doublings);
        return doubled > max.toMillis() ? max : Duration.ofMillis((long) doubled);
    }
}
