package dev.acme53.certificate;

import dev.acme53.api.CertificateStatus;
import java.time.Duration;
import java.time.Instant;

/// How long a Certificate waits after failed issuances (behaviour.md §1.2.2): 1 h, 2 h, 4 h, … 32 h, by status alone,
/// so that it survives restarts.
final class FailureBackoff {
    private FailureBackoff() {}

    /// What is left to wait; zero when nothing is.
    static Duration remaining(CertificateStatus status, CertificateSettings settings, Instant now) {
        var failed = status.lastFailureTime();
        if (failed == null || !settings.minimumBackoff().isPositive()) {
            return Duration.ZERO;
        }
        var attempts = status.failedIssuanceAttempts();
        var wait = Duration.between(now, failed.plus(delay(attempts == null ? 0 : attempts, settings)));
        return wait.isNegative() ? Duration.ZERO : wait;
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
