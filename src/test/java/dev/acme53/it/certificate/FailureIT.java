package dev.acme53.it.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Certificate;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is said when an issuance does not succeed, and when it is tried again.
class FailureIT {
    private CertificateRig rig;

    @BeforeEach
    void start() {
        rig = new CertificateRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aFailedIssuanceBacksOffAndIsTriedAgainWithANewRequest() {
        var certificate = rig.create("web", CertificateSpecs.of(""));
        var first = rig.request("web-1");
        rig.fail("web-1", "order web-1-1 is invalid: no such name");
        var failed = rig.certificate("web", FailureIT::hasFailed);
        var issuing = CertificateRig.condition(failed, ConditionTypes.ISSUING);
        assertThat(issuing.reason()).isEqualTo("Failed");
        assertThat(issuing.message()).endsWith("no such name");
        assertThat(failed.statusOrEmpty().failedIssuanceAttempts()).isEqualTo(1);
        assertThat(failed.statusOrEmpty().lastFailureTime()).isNotNull();
        assertThat(rig.event(certificate, "Failed").getType()).isEqualTo("Warning");
        await().atMost(CertificateRig.SOON).until(() -> rig.nextKeys().isEmpty());
        assertThat(rig.request("web-1").getMetadata().getUid())
                .isEqualTo(first.getMetadata().getUid());

        rig.moveClock(Duration.ofMinutes(59));
        rig.touch("web");
        await().during(Duration.ofMillis(500))
                .until(() -> hasFailed(rig.certificates("web").get()));
        rig.moveClock(Duration.ofMinutes(61));
        rig.touch("web");
        var second = rig.request(
                "web-1",
                r -> !r.getMetadata().getUid().equals(first.getMetadata().getUid()));
        assertThat(second.getSpec().request()).isNotEqualTo(first.getSpec().request());
        rig.issue("web-1");
        var settled = rig.certificate("web", CertificateRig::isSettled);
        assertThat(settled.statusOrEmpty().failedIssuanceAttempts()).isNull();
        assertThat(settled.statusOrEmpty().lastFailureTime()).isNull();
    }

    @Test
    void aChangedSpecIsTriedAtOnceAfterAFailure() {
        rig.create("web", CertificateSpecs.of(""));
        var first = rig.request("web-1");
        rig.fail("web-1", "no");
        rig.certificate("web", FailureIT::hasFailed);
        rig.edit("web", s -> CertificateSpecs.with(s, "dnsNames: [right.example.com]"));
        rig.request(
                "web-1",
                r -> !r.getMetadata().getUid().equals(first.getMetadata().getUid()));
        rig.issue("web-1");
        rig.certificate("web", CertificateRig::isSettled);
    }

    @Test
    void aDeniedRequestFailsWithTheApproversReason() {
        var certificate = rig.create("web", CertificateSpecs.of(""));
        rig.deny("web-1", "PolicyViolation", "no wildcards here");
        var failed = rig.certificate("web", FailureIT::hasFailed);
        assertThat(CertificateRig.condition(failed, ConditionTypes.ISSUING).reason())
                .isEqualTo("PolicyViolation");
        assertThat(CertificateRig.condition(failed, ConditionTypes.ISSUING).message())
                .endsWith("no wildcards here");
        rig.event(certificate, "PolicyViolation");
    }

    @Test
    void aCertificateForAnotherKeyIsNotTaken() {
        rig.create("web", CertificateSpecs.of(""));
        var other = PrivateKeys.generate(KeySpec.ecdsa(256));
        rig.issue(
                "web-1",
                rig.ca().chain(other.getPublic(), List.of("web.example.com"), Instant.now(), Duration.ofDays(1)));
        var failed = rig.certificate("web", FailureIT::hasFailed);
        assertThat(CertificateRig.condition(failed, ConditionTypes.ISSUING).reason())
                .isEqualTo("InvalidCertificate");
        assertThat(rig.secrets("web-tls")).isNull();
    }

    @Test
    void aSpecOfWhichNoRequestCanBeMadeSaysWhatToChangeAndGoesOnWhenItIs() {
        var certificate = rig.create("web", CertificateSpecs.of("literalSubject: 'CN=a,EMAIL=b'"));
        assertThat(rig.event(certificate, "RequestFailed").getType()).isEqualTo("Warning");
        var held = rig.certificate(
                "web",
                c -> Conditions.find(c.statusOrEmpty().conditions(), ConditionTypes.ISSUING)
                        .filter(i -> i.message().contains("literalSubject has an attribute type"))
                        .isPresent());
        assertThat(held.statusOrEmpty().failedIssuanceAttempts()).isNull();
        rig.edit("web", s -> CertificateSpecs.with(s, "literalSubject: 'CN=a'"));
        rig.issue("web-1");
        rig.certificate("web", c -> c.statusOrEmpty().revision() != null);
    }

    @Test
    void whatTheRequestWaitsForIsCarriedUpAndWrittenOnlyWhenItChanges() {
        rig.create("web", CertificateSpecs.of(""));
        rig.pend("web-1", "Waiting on order ns/web-1-1: \"pending\"; web-1-1-7: no hosted zone holds web.example.com");
        var held = rig.certificate(
                "web",
                c -> CertificateRig.condition(c, ConditionTypes.ISSUING)
                        .message()
                        .endsWith("web-1-1-7: no hosted zone holds web.example.com"));
        rig.touch("web");
        await().during(Duration.ofMillis(300))
                .until(() -> CertificateRig.condition(rig.certificates("web").get(), ConditionTypes.ISSUING)
                        .equals(CertificateRig.condition(held, ConditionTypes.ISSUING)));
        rig.pend("web-1", "Waiting on order ns/web-1-1: \"pending\"");
        rig.certificate(
                "web",
                c -> CertificateRig.condition(c, ConditionTypes.ISSUING)
                        .message()
                        .endsWith("\"pending\""));
    }

    private static boolean hasFailed(Certificate certificate) {
        return Conditions.find(certificate.statusOrEmpty().conditions(), ConditionTypes.ISSUING)
                .filter(c -> c.status() == Condition.Status.FALSE)
                .isPresent();
    }
}
