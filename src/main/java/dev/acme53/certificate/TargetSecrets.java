package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.api.Certificate;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.SecretKeys;
import dev.acme53.reconcile.NamespaceSecrets;
import dev.acme53.x509.Leaf;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The Secrets that Certificates fill: read live when their content matters, written whole by server-side apply.
///
/// A version that was found in order is remembered in a few words, so that an unchanged Certificate costs no call.
final class TargetSecrets {
    private static final List<String> ISSUER =
            List.of(Annotations.ISSUER_NAME, Annotations.ISSUER_KIND, Annotations.ISSUER_GROUP);

    private static final int INVALID = 422;

    private final KubernetesClient client;
    private final CertificateSettings settings;
    private final Map<String, Remembered> inOrder = new ConcurrentHashMap<>();

    TargetSecrets(KubernetesClient client, CertificateSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /// What is known without a call, else what is read.
    /// @param cached the version that the cache has
    /// @param basis what else the verdict was founded on
    TargetSecret look(Certificate certificate, Optional<SecretIdentity> cached, Basis basis) {
        var remembered = inOrder.get(certificate.getMetadata().getUid());
        if (remembered != null && remembered.basis.equals(basis) && cached.equals(Optional.of(remembered.secret))) {
            return remembered.verdict;
        }
        return read(certificate);
    }

    /// What is there now.
    TargetSecret read(Certificate certificate) {
        return find(certificate)
                .<TargetSecret>map(secret -> new TargetSecret.Read(SecretFacts.of(secret, settings.pemLimits())))
                .orElseGet(TargetSecret.Missing::new);
    }

    Optional<Secret> find(Certificate certificate) {
        return new NamespaceSecrets(client, certificate.getMetadata().getNamespace())
                .find(certificate.getSpec().secretName());
    }

    /// Remembers that this version passed every check.
    /// @param cached the version that the cache has; when it is the same, its texts are kept and not their likes
    void remember(Certificate certificate, Optional<SecretIdentity> cached, Basis basis, SecretFacts facts) {
        var meta = certificate.getMetadata();
        var read = new SecretIdentity(certificate.getSpec().secretName(), facts.uid(), facts.resourceVersion());
        var name = facts.certificateName();
        facts.leaf()
                .ifPresent(leaf -> inOrder.put(
                        meta.getUid(),
                        new Remembered(
                                basis,
                                cached.filter(read::equals).orElse(read),
                                new TargetSecret.InOrder(
                                        name.equals(meta.getName()) ? meta.getName() : name,
                                        leaf.notBefore(),
                                        leaf.notAfter()))));
    }

    void forget(Certificate certificate) {
        inOrder.remove(certificate.getMetadata().getUid());
    }

    /// Writes key and certificate.
    ///
    /// @param known what the Secret was found to be; its type, which cannot change, is asked for only
    /// where the write fails
    /// @param key PEM
    /// @param chain PEM
    /// @param ca PEM, empty when the issuer gave none
    /// @param issuer annotations that name the issuer
    /// @return the Secret as it is now
    SecretFacts write(
            Certificate certificate,
            TargetSecret known,
            byte[] key,
            byte[] chain,
            byte[] ca,
            Map<String, String> issuer,
            Leaf leaf) {
        var data = new HashMap<String, String>();
        data.put(SecretKeys.PRIVATE_KEY, base64(key));
        data.put(SecretKeys.CERTIFICATE, base64(chain));
        if (ca.length > 0) {
            data.put(SecretKeys.CA, base64(ca));
        }
        var type = switch (known) {
            case TargetSecret.Missing _ -> SecretKeys.TLS_TYPE;
            case TargetSecret.Read(var facts) -> facts.type();
            case TargetSecret.InOrder _ -> type(certificate);
        };
        try {
            return apply(SecretContent.of(certificate, settings, type, data, issuer, leaf));
        } catch (KubernetesClientException e) {
            if (e.getCode() != INVALID) {
                throw e;
            }
            var now = type(certificate);
            if (now.equals(type)) {
                throw e;
            }
            return apply(SecretContent.of(certificate, settings, now, data, issuer, leaf));
        }
    }

    /// Writes the Secret again with what it holds: its own key, certificate, CA and issuer, and every other entry that
    /// we applied earlier.
    /// @return the Secret as it is now; empty when it is gone or was changed since it was read
    Optional<SecretFacts> writeAgain(Certificate certificate, SecretFacts facts, Leaf leaf) {
        return find(certificate)
                .filter(secret -> secret.getMetadata().getResourceVersion().equals(facts.resourceVersion()))
                .map(secret -> {
                    var kept = new HashSet<>(facts.owned().data());
                    kept.addAll(List.of(SecretKeys.PRIVATE_KEY, SecretKeys.CERTIFICATE, SecretKeys.CA));
                    var data = new HashMap<>(secret.getData());
                    data.keySet().retainAll(kept);
                    var issuer = new HashMap<>(facts.annotations());
                    issuer.keySet().retainAll(ISSUER);
                    return apply(SecretContent.of(certificate, settings, facts.type(), data, issuer, leaf));
                });
    }

    /// What a verdict on a Secret was founded on besides the Secret.
    ///
    /// @param revision of the status, absent while nothing was issued
    /// @param request uid of the current CertificateRequest, empty when there is none
    record Basis(long generation, @Nullable Long revision, String request) {}

    private record Remembered(Basis basis, SecretIdentity secret, TargetSecret.InOrder verdict) {}

    private String type(Certificate certificate) {
        return find(certificate).map(Secret::getType).orElse(SecretKeys.TLS_TYPE);
    }

    private SecretFacts apply(Secret secret) {
        var stored = client.resource(secret)
                .fieldManager(FieldManagers.ISSUING)
                .forceConflicts()
                .serverSideApply();
        return SecretFacts.of(stored, settings.pemLimits());
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
