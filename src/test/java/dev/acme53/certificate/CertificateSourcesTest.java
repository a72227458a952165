package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Labels;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.Test;

/// How little the cache keeps of a Secret.
class CertificateSourcesTest {
    @Test
    void noContentOfASecretIsKept() {
        var slim = CertificateSources.slim(secret());
        assertThat(slim.getData()).isNull();
        assertThat(slim.getMetadata().getAnnotations()).isEmpty();
        assertThat(slim.getMetadata().getLabels()).isEmpty();
        assertThat(NextKeySecrets.identity(slim)).isEqualTo(new SecretIdentity("site-tls", "u", "7"));
    }

    @Test
    void thatASecretHoldsANextPrivateKeyIsKept() {
        var secret = secret();
        secret.getMetadata().getLabels().put(Labels.NEXT_PRIVATE_KEY, Labels.TRUE);
        var slim = CertificateSources.slim(CertificateSources.slim(secret));
        assertThat(slim.getMetadata().getLabels()).containsOnlyKeys(Labels.NEXT_PRIVATE_KEY);
        assertThat(slim.getMetadata().getOwnerReferences()).hasSize(1);
    }

    private static Secret secret() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("site-tls")
                .withUid("u")
                .withResourceVersion("7")
                .addToLabels(Labels.CACHED, Labels.TRUE)
                .addToAnnotations("a", "b")
                .withOwnerReferences(new OwnerReferenceBuilder().build())
                .endMetadata()
                .addToData("tls.key", "c2VjcmV0")
                .build();
    }
}
