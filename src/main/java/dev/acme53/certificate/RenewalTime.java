package dev.acme53.certificate;

import dev.acme53.api.CertificateSpec;
import dev.acme53.api.GoDuration;
import dev.acme53.api.RenewalPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When a certificate is renewed for its age (behaviour.md §1.3). There is no jitter: the time is a function of spec
/// and leaf, and so survives restarts.
///
/// Renewal windows do not move it yet.
final class RenewalTime {
    private RenewalTime() {}

    /// A whole second; empty when the policy is `Disabled`.
    static Optional<Instant> of(CertificateSpec spec, Instant notBefore, Instant notAfter) {
        if (isDisabled(spec)) {
            return Optional.empty();
        }
        var lead = lead(spec, Duration.between(notBefore, notAfter));
        return Optional.of(notAfter.minus(lead).truncatedTo(ChronoUnit.SECONDS));
    }

    static boolean isDisabled(CertificateSpec spec) {
        return spec.renewal() != null && spec.renewal().policy() == RenewalPolicy.DISABLED;
    }

    /// How long before its end. A `renewBefore` that does not fit the certificate as it was issued is not counted.
    private static Duration lead(CertificateSpec spec, Duration life) {
        var before = GoDuration.parse(spec.renewBefore())
                .filter(Duration::isPositive)
                .filter(b -> b.compareTo(life) < 0);
        if (before.isPresent()) {
            return before.get();
        }
        var percentage = spec.renewBeforePercentage();
        if (percentage != null && percentage > 0 && percentage < 100) {
            return Duration.ofNanos((long) (life.toNanos() * (double) percentage / 100));
        }
        return life.dividedBy(3);
    }
}
