package dev.acme53.it.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.DecodedCsr;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IssuanceIT {
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
    void aNewCertificateGoesFromTriggerToSecret() {
        var spec = CertificateSpecs.of("dnsNames: [web.example.com, '*.web.example.com']");
        var certificate = rig.create("web", spec);
        var issuing = rig.certificate("web", c -> CertificateRig.isTrue(c, ConditionTypes.ISSUING));
        assertThat(CertificateRig.condition(issuing, ConditionTypes.ISSUING).reason())
                .isEqualTo("DoesNotExist");
        assertThat(CertificateRig.condition(issuing, ConditionTypes.READY).reason())
                .isEqualTo("DoesNotExist");
        assertThat(issuing.statusOrEmpty().nextPrivateKeySecretName()).matches("web-[a-z0-9]{5}");
        var request = rig.request("web-1");
        assertThat(request.getMetadata().getAnnotations())
                .containsEntry("cert-manager.io/certificate-revision", "1")
                .containsEntry("cert-manager.io/certificate-name", "web")
                .containsEntry(
                        "cert-manager.io/private-key-secret-name",
                        issuing.statusOrEmpty().nextPrivateKeySecretName());
        assertThat(request.getSpec().issuerRef()).isEqualTo(spec.issuerRef());
        var csr = (DecodedCsr.Decoded)
                CertificateSigningRequests.decode(request.getSpec().request().toArray());
        assertThat(csr.csr().dnsNames()).containsExactly("web.example.com", "*.web.example.com");
        var nextKey = rig.secrets(issuing.statusOrEmpty().nextPrivateKeySecretName());
        assertThat(nextKey.getType()).isEqualTo("Opaque");
        assertThat(text(nextKey.getData().get("tls.key"))).startsWith("-----BEGIN PRIVATE KEY-----");

        rig.issue("web-1");
        var ready = rig.certificate("web", CertificateRig::isSettled);
        assertThat(ready.statusOrEmpty().revision()).isEqualTo(1);
        assertThat(ready.statusOrEmpty().renewalTime())
                .isBetween(
                        ready.statusOrEmpty().notBefore().plus(Duration.ofDays(59)),
                        ready.statusOrEmpty().notBefore().plus(Duration.ofDays(61)));
        assertThat(Conditions.find(ready.statusOrEmpty().conditions(), ConditionTypes.ISSUING))
                .isEmpty();
        var secret = rig.secrets("web-tls");
        assertThat(secret.getType()).isEqualTo("kubernetes.io/tls");
        assertThat(secret.getData()).containsOnlyKeys("tls.key", "tls.crt");
        assertThat(text(secret.getData().get("tls.key"))).startsWith("-----BEGIN EC PRIVATE KEY-----");
        assertThat(secret.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(secret.getMetadata().getLabels()).containsEntry("controller.cert-manager.io/fao", "true");
        assertThat(secret.getMetadata().getAnnotations())
                .containsEntry("cert-manager.io/certificate-name", "web")
                .containsEntry("cert-manager.io/issuer-name", "le")
                .containsEntry("cert-manager.io/issuer-kind", "ClusterIssuer")
                .containsEntry("cert-manager.io/issuer-group", "")
                .containsEntry("cert-manager.io/common-name", "")
                .containsEntry("cert-manager.io/alt-names", "web.example.com,*.web.example.com")
                .containsEntry("cert-manager.io/ip-sans", "")
                .containsEntry("cert-manager.io/uri-sans", "")
                .hasSize(8);
        assertThat(managers(request)).containsExactly("cert-manager-certificates-request-manager/Update");
        assertThat(managers(nextKey)).containsExactly("cert-manager-certificates-key-manager/Update");
        assertThat(managers(secret)).containsExactly("cert-manager-certificates-issuing/Apply");
        assertThat(managers(ready))
                .contains("cert-manager-certificates-issuing/Update")
                .allMatch(m -> m.startsWith("cert-manager-certificates-") || m.startsWith("fabric8"));
        await().atMost(CertificateRig.SOON).until(() -> rig.nextKeys().isEmpty());
        assertThat(component(certificate, "Issuing")).isEqualTo("cert-manager-certificates-trigger");
        assertThat(component(certificate, "Generated")).isEqualTo("cert-manager-certificates-key-manager");
        assertThat(component(certificate, "Requested")).isEqualTo("cert-manager-certificates-request-manager");
    }

    @Test
    void aTargetThatAppearsMeanwhileKeepsItsType() {
        rig.create("meanwhile", CertificateSpecs.of("secretName: meanwhile-tls"));
        rig.request("meanwhile-1");
        rig.kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("meanwhile-tls")
                        .withNamespace(rig.namespace())
                        .endMetadata()
                        .withType("Opaque")
                        .addToStringData("other", "kept")
                        .build())
                .create();
        rig.issue("meanwhile-1");
        rig.certificate("meanwhile", CertificateRig::isSettled);
        var secret = rig.secrets("meanwhile-tls");
        assertThat(secret.getType()).isEqualTo("Opaque");
        assertThat(secret.getData()).containsOnlyKeys("other", "tls.key", "tls.crt");
    }

    @Test
    void aRequestThatIsDeletedAsSoonAsItIsThereIsMadeAnew() {
        rig.create("anew", CertificateSpecs.of("secretName: anew-tls"));
        var first = rig.request("anew-1").getMetadata().getUid();
        rig.requests("anew-1").delete();
        // ten seconds later it would be without any event
        await().atMost(Duration.ofSeconds(7))
                .until(() -> rig.allRequests().stream()
                        .anyMatch(r -> r.getMetadata().getName().equals("anew-1")
                                && !r.getMetadata().getUid().equals(first)));
    }

    private static String component(HasMetadata object, String reason) {
        return rig.event(object, reason).getSource().getComponent();
    }

    private static List<String> managers(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .map(m -> m.getManager() + "/" + m.getOperation())
                .toList();
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    }
}
