package dev.acme53.it.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.it.stages.Edits;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.DecodedCsr;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.PublicKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The stage is stopped and started while things are under way.
class RestartIT {
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
    void anIssuanceGoesOnWithTheSameRequestAndKey() {
        rig.create("web", CertificateSpecs.of(""));
        var request = rig.request("web-1");
        var nextKey = rig.certificates("web").get().statusOrEmpty().nextPrivateKeySecretName();
        rig.stop();
        rig.start();
        rig.touch("web");
        await().during(Duration.ofMillis(500)).until(() -> rig.allRequests().size() == 1);
        assertThat(rig.certificates("web").get().statusOrEmpty().nextPrivateKeySecretName())
                .isEqualTo(nextKey);
        rig.issue("web-1");
        rig.certificate("web", CertificateRig::isSettled);
        assertThat(rig.allRequests())
                .singleElement()
                .satisfies(r -> assertThat(r.getMetadata().getUid())
                        .isEqualTo(request.getMetadata().getUid()));
    }

    @Test
    void aNextKeyThatNoCacheHasIsTakenAndNotReplaced() {
        rig.create("web", CertificateSpecs.of(""));
        var before = rig.request("web-1");
        var nextKey = rig.secrets(rig.certificates("web").get().statusOrEmpty().nextPrivateKeySecretName());
        rig.stop();
        Edits.edit(rig.kubernetes(), nextKey, secret -> {
            secret.getMetadata().getLabels().remove("controller.cert-manager.io/fao");
            return secret;
        });
        rig.kubernetes().resource(before).delete();
        rig.start();
        var after = rig.request(
                "web-1",
                r -> !r.getMetadata().getUid().equals(before.getMetadata().getUid()));
        assertThat(key(after)).isEqualTo(key(before));
        assertThat(rig.secrets(nextKey.getMetadata().getName()).getData()).isEqualTo(nextKey.getData());
    }

    private static PublicKey key(CertificateRequest request) {
        return ((DecodedCsr.Decoded) CertificateSigningRequests.decode(
                        request.getSpec().request().toArray()))
                .csr()
                .publicKey();
    }

    @Test
    void whatWasIssuedMeanwhileIsTaken() {
        rig.create("web", CertificateSpecs.of(""));
        rig.request("web-1");
        rig.stop();
        rig.issue("web-1");
        rig.start();
        rig.certificate("web", CertificateRig::isSettled);
        assertThat(rig.secrets("web-tls")).isNotNull();
        await().atMost(CertificateRig.SOON).until(() -> rig.nextKeys().isEmpty());
    }

    @Test
    void afterACrashBetweenSecretAndStatusTheSameCertificateIsTaken() {
        rig.create("web", CertificateSpecs.of(""));
        rig.request("web-1");
        var nextKey = rig.secrets(rig.certificates("web").get().statusOrEmpty().nextPrivateKeySecretName());
        rig.stop();
        rig.issue("web-1");
        var request = rig.request("web-1");
        rig.kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("web-tls")
                        .withNamespace(rig.namespace())
                        .addToLabels("controller.cert-manager.io/fao", "true")
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .addToData("tls.key", nextKey.getData().get("tls.key"))
                        .addToData(
                                "tls.crt", request.statusOrEmpty().certificate().base64())
                        .build())
                .fieldManager("cert-manager-certificates-issuing")
                .serverSideApply();
        rig.start();
        var settled = rig.certificate("web", CertificateRig::isSettled);
        assertThat(settled.statusOrEmpty().revision()).isEqualTo(1);
        assertThat(rig.secrets("web-tls").getData())
                .containsEntry("tls.crt", request.statusOrEmpty().certificate().base64());
        assertThat(rig.allRequests())
                .singleElement()
                .satisfies(r -> assertThat(r.getMetadata().getUid())
                        .isEqualTo(request.getMetadata().getUid()));
    }

    @Test
    void anIssuedCertificateIsLeftAlone() {
        rig.issued("web", CertificateSpecs.of(""));
        var secret = rig.secrets("web-tls");
        var certificate = rig.certificates("web").get();
        rig.stop();
        rig.start();
        await().during(Duration.ofMillis(700)).until(() -> unchanged(certificate));
        assertThat(rig.secrets("web-tls").getMetadata().getResourceVersion())
                .isEqualTo(secret.getMetadata().getResourceVersion());
    }

    private boolean unchanged(Certificate certificate) {
        return rig.certificates("web")
                .get()
                .getMetadata()
                .getResourceVersion()
                .equals(certificate.getMetadata().getResourceVersion());
    }
}
