package dev.acme53.it.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.fixture.CertificateSpecs;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What makes an issued certificate be issued again, and what becomes of the one before.
class ReissueIT {
    private static CertificateRig rig;

    @BeforeAll
    static void start() {
        rig = new CertificateRig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void aRenewalByHandIsNoticedWithinASecondAndItsConditionGoesAfterSuccess() {
        var before = rig.issued("manual", CertificateSpecs.of("secretName: manual"));
        var secret = rig.secrets("manual");
        rig.putStatus(
                "manual",
                s -> s.withConditions(Conditions.set(
                        s.conditions(),
                        ConditionTypes.ISSUING,
                        Condition.Status.TRUE,
                        "ManuallyTriggered",
                        "Certificate re-issuance manually triggered",
                        before.getMetadata().getGeneration(),
                        Instant.now())));
        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> rig.certificates("manual").get().statusOrEmpty().nextPrivateKeySecretName() != null);
        rig.issue("manual-2");
        var after = rig.certificate("manual", ReissueIT::isSecondRevision);
        assertThat(Conditions.find(after.statusOrEmpty().conditions(), ConditionTypes.ISSUING))
                .isEmpty();
        assertThat(rig.secrets("manual").getData().get("tls.key"))
                .isNotEqualTo(secret.getData().get("tls.key"));
        await("only the newest request is kept")
                .atMost(CertificateRig.SOON)
                .until(() -> rig.requests("manual-1").get() == null);
        assertThat(rig.requests("manual-2").get()).isNotNull();
    }

    @Test
    void aDeletedSecretIsIssuedAgain() {
        rig.issued("deleted", CertificateSpecs.of("secretName: deleted"));
        rig.kubernetes()
                .secrets()
                .inNamespace(rig.namespace())
                .withName("deleted")
                .delete();
        rig.certificate("deleted", c -> CertificateRig.isTrue(c, ConditionTypes.ISSUING));
        rig.issue("deleted-2");
        rig.certificate("deleted", ReissueIT::isSecondRevision);
        assertThat(rig.secrets("deleted")).isNotNull();
    }

    @Test
    void aSecretWithoutItsCertificateIsIssuedAgain() {
        rig.issued("emptied", CertificateSpecs.of("secretName: emptied"));
        rig.kubernetes()
                .secrets()
                .inNamespace(rig.namespace())
                .withName("emptied")
                .edit(s -> {
                    s.getData().put("tls.crt", "");
                    return s;
                });
        var issuing = rig.certificate("emptied", c -> CertificateRig.isTrue(c, ConditionTypes.ISSUING));
        assertThat(CertificateRig.condition(issuing, ConditionTypes.ISSUING).reason())
                .isEqualTo("MissingData");
        rig.issue("emptied-2");
        rig.certificate("emptied", ReissueIT::isSecondRevision);
    }

    @Test
    void aDeletedCertificateLeavesItsSecret() {
        rig.issued("gone", CertificateSpecs.of("secretName: gone"));
        rig.certificates("gone").delete();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rig.requests("gone-1").get() == null);
        assertThat(rig.secrets("gone")).isNotNull();
    }

    @Test
    void anotherSpecIsIssuedAtOnceWithANewRequest() {
        rig.issued("changed", CertificateSpecs.of("secretName: changed"));
        rig.edit("changed", s -> CertificateSpecs.with(s, "dnsNames: [web.example.com, more.example.com]"));
        var issuing = rig.certificate("changed", c -> CertificateRig.isTrue(c, ConditionTypes.ISSUING));
        assertThat(CertificateRig.condition(issuing, ConditionTypes.ISSUING).reason())
                .isEqualTo("RequestChanged");
        assertThat(CertificateRig.condition(issuing, ConditionTypes.READY).reason())
                .isEqualTo("RequestChanged");
        rig.issue("changed-2");
        rig.certificate("changed", ReissueIT::isSecondRevision);
        assertThat(rig.secrets("changed").getMetadata().getAnnotations())
                .containsEntry("cert-manager.io/alt-names", "web.example.com,more.example.com");
    }

    @Test
    void aSpecChangedDuringAnIssuanceGetsANewRequestOfTheSameRevision() {
        rig.create("midway", CertificateSpecs.of("secretName: midway"));
        var first = rig.request("midway-1");
        rig.edit("midway", s -> CertificateSpecs.with(s, "dnsNames: [other.example.com]"));
        var second = rig.request("midway-1", r -> !uid(r).equals(uid(first)));
        assertThat(second.getMetadata().getAnnotations()).containsEntry("cert-manager.io/certificate-revision", "1");
        rig.issue("midway-1");
        rig.certificate("midway", CertificateRig::isSettled);
        assertThat(rig.secrets("midway").getMetadata().getAnnotations())
                .containsEntry("cert-manager.io/alt-names", "other.example.com");
    }

    @Test
    void aReusedKeyStaysTheSame() {
        rig.issued(
                "kept",
                CertificateSpecs.of("{secretName: kept, privateKey: {algorithm: ECDSA, rotationPolicy: Never}}"));
        var key = key(rig.secrets("kept"));
        rig.edit("kept", s -> CertificateSpecs.with(s, "dnsNames: [other.example.com]"));
        rig.event(rig.certificates("kept").get(), "Reused");
        rig.issue("kept-2");
        rig.certificate("kept", ReissueIT::isSecondRevision);
        assertThat(key(rig.secrets("kept"))).isEqualTo(key);
    }

    @Test
    void aKeyThatMayNotBeReplacedHoldsTheIssuanceUpUntilTheUserLetsIt() {
        rig.issued(
                "stuck",
                CertificateSpecs.of("{secretName: stuck, privateKey: {algorithm: ECDSA, rotationPolicy: Never}}"));
        rig.edit(
                "stuck",
                s -> CertificateSpecs.with(s, "privateKey: {algorithm: ECDSA, size: 384, rotationPolicy: Never}"));
        rig.event(rig.certificates("stuck").get(), "CannotRegenerateKey");
        var held = rig.certificate(
                "stuck",
                c -> CertificateRig.condition(c, ConditionTypes.ISSUING)
                        .message()
                        .contains("rotationPolicy Never"));
        assertThat(held.statusOrEmpty().nextPrivateKeySecretName()).isNotNull();
        rig.edit("stuck", s -> CertificateSpecs.with(s, "privateKey: {algorithm: ECDSA, size: 384}"));
        rig.issue("stuck-2");
        rig.certificate("stuck", ReissueIT::isSecondRevision);
    }

    @Test
    void asManyRequestsAreKeptAsTheSpecSays() {
        rig.issued("history", CertificateSpecs.of("{secretName: history, revisionHistoryLimit: 2}"));
        for (var revision = 2; revision <= 3; revision++) {
            var name = "n" + revision + ".example.com";
            rig.edit("history", s -> CertificateSpecs.with(s, "dnsNames: [" + name + "]"));
            rig.issue("history-" + revision);
            var wanted = (long) revision;
            rig.certificate(
                    "history",
                    c -> CertificateRig.isSettled(c)
                            && Long.valueOf(wanted).equals(c.statusOrEmpty().revision()));
        }
        await().atMost(CertificateRig.SOON)
                .until(() -> rig.requests("history-1").get() == null);
        assertThat(rig.requests("history-2").get()).isNotNull();
        assertThat(rig.requests("history-3").get()).isNotNull();
    }

    private static boolean isSecondRevision(Certificate certificate) {
        return CertificateRig.isSettled(certificate)
                && Long.valueOf(2).equals(certificate.statusOrEmpty().revision());
    }

    private static String uid(CertificateRequest request) {
        return request.getMetadata().getUid();
    }

    private static String key(Secret secret) {
        return secret.getData().get("tls.key");
    }
}
