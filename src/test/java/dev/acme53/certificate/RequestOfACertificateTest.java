package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.fixture.CertificateSpecs;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// behaviour.md §1.5, "Creating the CR".
class RequestOfACertificateTest {
    @Test
    void itIsNamedByItsRevisionAndInheritsWhatItShould() {
        var certificate = APicture.certificate(
                "web",
                CertificateSpecs.of("{duration: 2160h, usages: [server auth], isCA: true, issuerRef: {name: le}}"),
                "");
        certificate.getMetadata().setLabels(Map.of("team", "a"));
        certificate
                .getMetadata()
                .setAnnotations(Map.of(
                        "note", "b",
                        "kubectl.kubernetes.io/last-applied-configuration", "{}",
                        "argocd.argoproj.io/x", "y",
                        "cert-manager.io/certificate-revision", "77"));
        var request = CertificateRequests.request(certificate, 3, "web-abcde", "pem", CertificateSettings.DEFAULTS);
        assertThat(request.getMetadata().getName()).isEqualTo("web-3");
        assertThat(request.getMetadata().getNamespace()).isEqualTo("ns");
        assertThat(request.getMetadata().getLabels()).isEqualTo(Map.of("team", "a"));
        assertThat(request.getMetadata().getAnnotations())
                .isEqualTo(Map.of(
                        "note", "b",
                        "cert-manager.io/certificate-revision", "3",
                        "cert-manager.io/private-key-secret-name", "web-abcde",
                        "cert-manager.io/certificate-name", "web"));
        var owner = request.getMetadata().getOwnerReferences().getFirst();
        assertThat(owner.getUid()).isEqualTo("web-uid");
        assertThat(owner.getController()).isTrue();
        assertThat(owner.getBlockOwnerDeletion()).isTrue();
        var spec = request.getSpec();
        assertThat(spec.duration()).isEqualTo("2160h");
        assertThat(spec.isCA()).isTrue();
        assertThat(spec.usages()).isEqualTo(certificate.getSpec().usages());
        assertThat(spec.issuerRef().kind()).isEmpty();
        assertThat(spec.request().text()).isEqualTo("pem");
    }
}
