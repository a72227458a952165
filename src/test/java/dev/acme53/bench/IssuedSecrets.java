package dev.acme53.bench;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// The Secrets that a run has left, looked at when nothing is timed any more.
record IssuedSecrets(Site site) {
    /// @throws IllegalStateException unless there are so many, each with a key and a chain up to the CA's root
    void verify(int expected) {
        var secrets = site.client().secrets().inAnyNamespace().list().getItems().stream()
                .filter(s -> s.getType().equals("kubernetes.io/tls"))
                .toList();
        if (secrets.size() != expected) {
            throw new IllegalStateException(secrets.size() + " Secrets instead of " + expected);
        }
        try {
            var anchors = site.rig().ca().issuanceRoots().stream()
                    .map(root -> new TrustAnchor(root, null))
                    .collect(Collectors.toSet());
            var parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            for (var secret : secrets) {
                verify(secret, parameters);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void verify(Secret secret, PKIXParameters parameters) throws GeneralSecurityException {
        if (secret.getData().getOrDefault("tls.key", "").isEmpty()) {
            throw new IllegalStateException("no key in " + secret.getMetadata().getName());
        }
        var factory = CertificateFactory.getInstance("X.509");
        var path = factory.generateCertPath(chain(factory, secret));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    private static List<X509Certificate> chain(CertificateFactory factory, Secret secret)
            throws GeneralSecurityException {
        var pem = Base64.getDecoder().decode(secret.getData().get("tls.crt"));
        return factory.generateCertificates(new ByteArrayInputStream(pem)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }
}
