package dev.acme53.operator.metrics;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateStatus;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What all Certificates together say to whom is called at night, in one pass over them and without a series for each.
final class CertificateFigures {
    private final Instant now;
    private final Function<CertificateStatus, Optional<Instant>> nextAttempt;
    private @Nullable Instant nextRenewal;
    private @Nullable Instant issuingSince;
    private int issuing;
    private int failing;
    private int lost;

    private CertificateFigures(Instant now, Function<CertificateStatus, Optional<Instant>> nextAttempt) {
        this.now = now;
        this.nextAttempt = nextAttempt;
    }

    /// @param nextAttempt when one whose issuance failed is tried again; empty when none failed
    static void write(
            Exposition out,
            List<Certificate> all,
            Instant now,
            Function<CertificateStatus, Optional<Instant>> nextAttempt)
            throws IOException {
        var figures = new CertificateFigures(now, nextAttempt);
        all.forEach(certificate -> figures.add(certificate.statusOrEmpty()));
        figures.write(out);
    }

    private void add(CertificateStatus status) {
        nextRenewal = earlier(nextRenewal, status.renewalTime());
        Conditions.find(status.conditions(), ConditionTypes.ISSUING)
                .filter(c -> c.status() == Condition.Status.TRUE)
                .ifPresent(c -> {
                    issuing++;
                    issuingSince = earlier(issuingSince, c.lastTransitionTime());
                });
        var next = nextAttempt.apply(status);
        if (next.isPresent()) {
            failing++;
            var end = status.notAfter();
            lost += end != null && end.isBefore(next.get().isBefore(now) ? now : next.get()) ? 1 : 0;
        }
    }

    private void write(Exposition out) throws IOException {
        out.gauge(
                "acme53_next_renewal_timestamp_seconds",
                "Unix time of the first renewal of all Certificates; 0 when there is none.");
        out.sample(nextRenewal == null ? 0 : (double) nextRenewal.getEpochSecond());
        out.gauge("acme53_certificates_issuing", "Certificates that are being issued.");
        out.sample(issuing);
        out.gauge("acme53_issuing_oldest_seconds", "How long the longest of these issuances has been under way.");
        out.sample(
                issuingSince == null
                        ? 0
                        : (double) Duration.between(issuingSince, now).toSeconds());
        out.gauge("acme53_certificates_failing", "Certificates whose last issuance failed.");
        out.sample(failing);
        out.gauge(
                "acme53_certificates_expiring_before_next_attempt",
                "Certificates whose last issuance failed and that expire before the next try.");
        out.sample(lost);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }
}
