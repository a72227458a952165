package dev.acme53.it.certificate;

import dev.acme53.api.CertificateSpec;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.KeyAlgorithm;
import dev.acme53.api.PrivateKey;
import dev.acme53.api.RotationPolicy;
import dev.acme53.api.SecretTemplate;
import java.util.List;

/// Specs of Certificates for tests: an ECDSA key, for speed, and one issuer.
final class Specs {
    private Specs() {}

    static CertificateSpec ofNames(String secret, String... dnsNames) {
        return with(secret, List.of(dnsNames), new PrivateKey(null, null, KeyAlgorithm.ECDSA, 256L), null);
    }

    static CertificateSpec reusingKey(String secret, String... dnsNames) {
        return with(
                secret, List.of(dnsNames), new PrivateKey(RotationPolicy.NEVER, null, KeyAlgorithm.ECDSA, 256L), null);
    }

    static CertificateSpec withNames(CertificateSpec spec, String... dnsNames) {
        return with(spec.secretName(), List.of(dnsNames), spec.privateKey(), spec.secretTemplate());
    }

    static CertificateSpec withKey(CertificateSpec spec, PrivateKey key) {
        return with(spec.secretName(), spec.dnsNames(), key, spec.secretTemplate());
    }

    static CertificateSpec withTemplate(CertificateSpec spec, SecretTemplate template) {
        return with(spec.secretName(), spec.dnsNames(), spec.privateKey(), template);
    }

    private static CertificateSpec with(String secret, List<String> dns, PrivateKey key, SecretTemplate template) {
        return new CertificateSpec(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                dns,
                null,
                null,
                null,
                null,
                secret,
                template,
                null,
                new IssuerRef("le", "ClusterIssuer", null),
                false,
                null,
                key,
                null,
                null,
                null,
                null,
                null);
    }
}
