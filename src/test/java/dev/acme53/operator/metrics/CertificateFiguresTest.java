package dev.acme53.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateFiguresTest {
    private final APage page = new APage();

    private static Instant in(String time) {
        return APage.NOW.plus(Duration.parse(time));
    }

    private static String certificate(String status) {
        return """
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: a, namespace: ns}
                spec: {secretName: a, issuerRef: {name: le}}
                status: {%s}
                """.formatted(status);
    }

    @Test
    void theFirstRenewalOfAllIsShown() throws Exception {
        page.show(
                certificate("renewalTime: \"" + in("P20D") + "\""),
                certificate(""),
                certificate("renewalTime: \"" + in("P3D") + "\""));
        assertThat(page.value("acme53_next_renewal_timestamp_seconds"))
                .isEqualTo(in("P3D").getEpochSecond());
    }

    @Test
    void withoutCertificatesAllIsZero() throws Exception {
        page.show();
        assertThat(page.value("acme53_next_renewal_timestamp_seconds")).isZero();
        assertThat(page.value("acme53_certificates_issuing")).isZero();
        assertThat(page.value("acme53_issuing_oldest_seconds")).isZero();
        assertThat(page.value("acme53_certificates_failing")).isZero();
        assertThat(page.value("acme53_certificates_expiring_before_next_attempt"))
                .isZero();
    }

    @Test
    void issuancesUnderWayAreCountedFromTheirBeginning() throws Exception {
        var issuing = "conditions: [{type: Issuing, status: \"%s\", lastTransitionTime: \"%s\"}]";
        page.show(
                certificate(issuing.formatted("True", in("-PT10M"))),
                certificate(issuing.formatted("True", in("-PT2H"))),
                certificate(issuing.formatted("False", in("-P9D"))));
        assertThat(page.value("acme53_certificates_issuing")).isEqualTo(2);
        assertThat(page.value("acme53_issuing_oldest_seconds")).isEqualTo(7200);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # failed, attempts, expires, lost before the next try
            -PT10M,   1,        PT49M,   1
            -PT10M,   1,        PT51M,   0
            -PT10M,   6,        PT31H,   1
            -PT10M,   6,        PT32H,   0
            -PT10M,   9,        PT31H,   1
            # the next try is due: it may yet come in time
            -PT61M,   1,        PT1M,    0
            # it did not
            -PT61M,   1,        -PT1M,   1
            """)
    void aCertificateThatExpiresBeforeItIsTriedAgainIsCounted(String failed, int attempts, String expires, int lost)
            throws Exception {
        page.show(certificate("lastFailureTime: \"%s\", failedIssuanceAttempts: %d, notAfter: \"%s\""
                .formatted(in(failed), attempts, in(expires))));
        assertThat(page.value("acme53_certificates_failing")).isEqualTo(1);
        assertThat(page.value("acme53_certificates_expiring_before_next_attempt"))
                .isEqualTo(lost);
    }

    @Test
    void oneThatWasNeverIssuedCannotExpire() throws Exception {
        page.show(certificate("lastFailureTime: \"%s\", failedIssuanceAttempts: 1".formatted(in("-PT1M"))));
        assertThat(page.value("acme53_certificates_failing")).isEqualTo(1);
        assertThat(page.value("acme53_certificates_expiring_before_next_attempt"))
                .isZero();
    }

    @Test
    void aStandByShowsNone() throws Exception {
        assertThat(page.text()).doesNotContain("acme53_certificates_", "acme53_next_renewal");
    }
}
