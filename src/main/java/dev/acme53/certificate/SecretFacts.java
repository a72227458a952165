package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.SecretKeys;
import dev.acme53.x509.CertificateChains;
import dev.acme53.x509.DecodedKey;
import dev.acme53.x509.DecodedLeaf;
import dev.acme53.x509.Leaf;
import dev.acme53.x509.PemLimits;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a target Secret was found to hold: everything the checks ask, no key material.
///
/// @param type immutable once the Secret is there
/// @param owned what of it is ours by server-side apply
record SecretFacts(
        String uid,
        String resourceVersion,
        String type,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<OwnerReference> ownerReferences,
        OwnedFields owned,
        KeyFact key,
        CertificateFact certificate) {

    /// What `tls.key` is.
    sealed interface KeyFact {
        /// A key; only its public half is kept.
        record Usable(PublicKey publicKey) implements KeyFact {}

        record Undecodable(String reason) implements KeyFact {}

        /// Absent or empty.
        record None() implements KeyFact {}
    }

    /// What the first certificate of `tls.crt` is.
    sealed interface CertificateFact {
        record Usable(Leaf leaf) implements CertificateFact {}

        record Undecodable(String reason) implements CertificateFact {}

        /// Absent or empty.
        record None() implements CertificateFact {}
    }

    SecretFacts {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        ownerReferences = List.copyOf(ownerReferences);
    }

    /// @param secret as the API server gave it, managedFields included
    static SecretFacts of(Secret secret, PemLimits limits) {
        var meta = secret.getMetadata();
        return new SecretFacts(
                meta.getUid(),
                meta.getResourceVersion(),
                Objects.requireNonNullElse(secret.getType(), "Opaque"),
                Objects.requireNonNullElse(meta.getLabels(), Map.of()),
                Objects.requireNonNullElse(meta.getAnnotations(), Map.of()),
                meta.getOwnerReferences(),
                OwnedFields.of(meta.getManagedFields(), FieldManagers.ISSUING),
                key(entry(secret, SecretKeys.PRIVATE_KEY), limits),
                certificate(entry(secret, SecretKeys.CERTIFICATE), limits));
    }

    static KeyFact key(byte[] pem, PemLimits limits) {
        if (pem.length == 0) {
            return new KeyFact.None();
        }
        return switch (PrivateKeys.decodePem(pem, limits)) {
            case DecodedKey.Decoded(var pair) -> new KeyFact.Usable(pair.getPublic());
            case DecodedKey.Undecodable(var reason) -> new KeyFact.Undecodable(reason);
        };
    }

    /// An entry's octets, none when it is absent.
    static byte[] entry(Secret secret, String key) {
        var data = secret.getData();
        var value = data == null ? null : data.get(key);
        return value == null ? new byte[0] : Base64.getMimeDecoder().decode(value);
    }

    Optional<Leaf> leaf() {
        return certificate instanceof CertificateFact.Usable(var leaf) ? Optional.of(leaf) : Optional.empty();
    }

    boolean hasKeyAndCertificate() {
        return !(key instanceof KeyFact.None) && !(certificate instanceof CertificateFact.None);
    }

    /// The Certificate it was written for, empty text when it does not say.
    String certificateName() {
        return annotations.getOrDefault(Annotations.CERTIFICATE_NAME, "");
    }

    static CertificateFact certificate(byte[] pem, PemLimits limits) {
        if (pem.length == 0) {
            return new CertificateFact.None();
        }
        return switch (CertificateChains.leaf(pem, limits)) {
            case DecodedLeaf.Decoded(var leaf) -> new CertificateFact.Usable(leaf);
            case DecodedLeaf.Undecodable(var reason) -> new CertificateFact.Undecodable(reason);
        };
    }
}
