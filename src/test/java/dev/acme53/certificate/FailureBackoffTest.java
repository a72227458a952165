package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.CertificateStatus;
import dev.acme53.x509.PemLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// behaviour.md §1.2.2.
class FailureBackoffTest {
    private static final Instant FAILED = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        ",   PT1H",
        "0,  PT1H",
        "-3, PT1H",
        "1,  PT1H",
        "2,  PT2H",
        "3,  PT4H",
        "4,  PT8H",
        "5,  PT16H",
        "6,  PT32H",
        "7,  PT32H",
        "70, PT32H",
        "9223372036854775807, PT32H"
    })
    void theWaitDoublesWithEachFailureUpToTheLongest(Long attempts, Duration wait) {
        assertThat(FailureBackoff.remaining(status(attempts), CertificateSettings.DEFAULTS, FAILED))
                .isEqualTo(wait);
    }

    @Test
    void whatIsLeftShrinksToNothing() {
        var later = FAILED.plus(Duration.ofMinutes(59));
        assertThat(FailureBackoff.remaining(status(1L), CertificateSettings.DEFAULTS, later))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(FailureBackoff.remaining(status(1L), CertificateSettings.DEFAULTS, FAILED.plus(Duration.ofHours(2))))
                .isZero();
    }

    @Test
    void withoutAFailureThereIsNoWait() {
        assertThat(FailureBackoff.remaining(
                        CertificateStatus.empty().withFailedIssuanceAttempts(5L), CertificateSettings.DEFAULTS, FAILED))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT32H, PT0S", "PT-1S, PT32H, PT0S", "PT1M, PT10M, PT4M", "PT4M, PT10M, PT10M"})
    void theFlagsSetTheShortestAndTheLongest(Duration min, Duration max, Duration wait) {
        var settings = new CertificateSettings(min, max, false, List.of(), PemLimits.DEFAULTS);
        assertThat(FailureBackoff.remaining(status(3L), settings, FAILED)).isEqualTo(wait);
    }

    private static CertificateStatus status(Long attempts) {
        return CertificateStatus.empty().withLastFailureTime(FAILED).withFailedIssuanceAttempts(attempts);
    }
}
