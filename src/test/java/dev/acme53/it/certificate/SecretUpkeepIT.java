package dev.acme53.it.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.ConditionTypes;
import dev.acme53.certificate.CertificateSettings;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.x509.CertificateChains;
import dev.acme53.x509.DecodedLeaf;
import dev.acme53.x509.PemLimits;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The target Secret between issuances.
class SecretUpkeepIT {
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
    void theTemplateIsFollowedBothWaysAndOthersLabelsStay() {
        rig.issued("template", CertificateSpecs.of("secretName: template"));
        var key = rig.secrets("template").getData().get("tls.key");
        rig.kubernetes()
                .secrets()
                .inNamespace(rig.namespace())
                .withName("template")
                .edit(s -> {
                    s.getMetadata().getLabels().put("theirs", "x");
                    return s;
                });
        rig.edit(
                "template",
                s -> CertificateSpecs.with(s, "secretTemplate: {labels: {team: a}, annotations: {note: b}}"));
        rig.secret(
                "template",
                s -> "a".equals(s.getMetadata().getLabels().get("team"))
                        && "b".equals(s.getMetadata().getAnnotations().get("note")));
        rig.edit("template", s -> CertificateSpecs.with(s, "secretTemplate: {annotations: {note: c}}"));
        var last = rig.secret(
                "template",
                s -> !s.getMetadata().getLabels().containsKey("team")
                        && "c".equals(s.getMetadata().getAnnotations().get("note")));
        assertThat(last.getMetadata().getLabels()).containsEntry("theirs", "x");
        assertThat(last.getData()).containsEntry("tls.key", key);
        assertThat(last.getMetadata().getAnnotations()).containsEntry("cert-manager.io/issuer-name", "le");
        assertThat(rig.requests("template-2").get()).isNull();
    }

    @Test
    void aRemovedWatchLabelComesBackWithoutANewIssuance() {
        rig.issued("label", CertificateSpecs.of("secretName: label"));
        label("label", null);
        rig.secret("label", SecretUpkeepIT::isWatched);
        label("label", "false");
        rig.secret("label", SecretUpkeepIT::isWatched);
        assertThat(rig.requests("label-2").get()).isNull();
    }

    @Test
    void anUnchangedCertificateCostsNoCall() {
        rig.issued("quiet", CertificateSpecs.of("secretName: quiet"));
        await().atMost(CertificateRig.SOON)
                .during(Duration.ofMillis(500))
                .until(SecretUpkeepIT::callsAboutQuiet, calls -> calls.equals(callsAboutQuiet()));
        var before = callsAboutQuiet();
        rig.touch("quiet");
        await().during(Duration.ofMillis(500)).until(() -> callsAboutQuiet().equals(before));
    }

    @Test
    void twoCertificatesDoNotFightOverOneSecret() {
        rig.issued("older", CertificateSpecs.of("secretName: shared"));
        var version = rig.secrets("shared").getMetadata().getResourceVersion();
        rig.create("younger", CertificateSpecs.of("{secretName: shared, secretTemplate: {labels: {a: b}}}"));
        var loser =
                rig.certificate("younger", c -> !c.statusOrEmpty().conditions().isEmpty());
        assertThat(CertificateRig.condition(loser, ConditionTypes.READY).reason())
                .isEqualTo("IncorrectCertificate");
        await().during(Duration.ofMillis(500))
                .until(() ->
                        rig.secrets("shared").getMetadata().getResourceVersion().equals(version)
                                && rig.requests("younger-1").get() == null);
    }

    @Test
    void aTemporaryCertificateStandsInUntilTheRealOneComes() {
        rig.create(
                "temporary",
                CertificateSpecs.of("secretName: temporary"),
                Map.of("cert-manager.io/issue-temporary-certificate", "true"));
        rig.pend("temporary-1", "waiting");
        var secret = rig.secret("temporary", _ -> true);
        var leaf = ((DecodedLeaf.Decoded) CertificateChains.leaf(
                        Base64.getDecoder().decode(secret.getData().get("tls.crt"))))
                .leaf();
        assertThat(leaf.isTemporary()).isTrue();
        assertThat(leaf.dnsNames()).containsExactly("web.example.com");
        assertThat(secret.getMetadata().getAnnotations())
                .containsEntry("cert-manager.io/certificate-name", "temporary")
                .doesNotContainKey("cert-manager.io/issuer-name");
        var waiting = rig.certificate(
                "temporary",
                c -> CertificateRig.condition(c, ConditionTypes.READY).reason().equals("IncorrectIssuer"));
        assertThat(CertificateRig.isTrue(waiting, ConditionTypes.ISSUING)).isTrue();
        rig.issue("temporary-1");
        rig.certificate("temporary", CertificateRig::isSettled);
        assertThat(rig.secrets("temporary").getMetadata().getAnnotations())
                .containsEntry("cert-manager.io/issuer-name", "le");
    }

    @Test
    void theSecretIsOwnedWhenTheFlagSaysSo() {
        var owning = new CertificateSettings(
                Duration.ofHours(1), Duration.ofHours(32), true, List.of("*"), PemLimits.DEFAULTS);
        try (var other = new CertificateRig(owning)) {
            var certificate = other.issued("owned", CertificateSpecs.of("secretName: owned"));
            var owner =
                    other.secrets("owned").getMetadata().getOwnerReferences().getFirst();
            assertThat(owner.getUid()).isEqualTo(certificate.getMetadata().getUid());
            assertThat(owner.getController()).isTrue();
            other.certificates("owned").delete();
            await().atMost(Duration.ofSeconds(30)).until(() -> other.secrets("owned") == null);
        }
    }

    @Test
    void aSecretOfAnotherTypeKeepsIt() {
        rig.kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("opaque")
                        .withNamespace(rig.namespace())
                        .endMetadata()
                        .withType("Opaque")
                        .addToData("theirs", "eA==")
                        .build())
                .create();
        rig.issued("opaque", CertificateSpecs.of("secretName: opaque"));
        assertThat(rig.secrets("opaque").getType()).isEqualTo("Opaque");
        assertThat(rig.secrets("opaque").getData()).containsOnlyKeys("theirs", "tls.key", "tls.crt");
    }

    private static List<String> callsAboutQuiet() {
        return rig.calls().stream().filter(call -> call.contains("quiet")).toList();
    }

    private static boolean isWatched(Secret secret) {
        var labels = secret.getMetadata().getLabels();
        return labels != null && "true".equals(labels.get("controller.cert-manager.io/fao"));
    }

    private static void label(String secret, String value) {
        rig.kubernetes().secrets().inNamespace(rig.namespace()).withName(secret).edit(s -> {
            if (value == null) {
                s.getMetadata().getLabels().remove("controller.cert-manager.io/fao");
            } else {
                s.getMetadata().getLabels().put("controller.cert-manager.io/fao", value);
            }
            return s;
        });
    }
}
