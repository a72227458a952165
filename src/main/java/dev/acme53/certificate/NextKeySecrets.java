package dev.acme53.certificate;

import dev.acme53.api.Certificate;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.Labels;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.SecretKeys;
import dev.acme53.certificate.SecretFacts.KeyFact;
import dev.acme53.reconcile.Creation;
import dev.acme53.reconcile.NamespaceSecrets;
import dev.acme53.x509.DecodedKey;
import dev.acme53.x509.PemLimits;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// The Secrets of next private keys (behaviour.md §1.4). What was found in one is remembered as long as it is the same
/// version: the public key only.
final class NextKeySecrets {
    /// As the API server's own generated names: no vowels, no look-alikes.
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX = 5;
    private static final int LONGEST_PREFIX = 58;

    private final KubernetesClient client;
    private final PemLimits limits;
    private final Map<String, NextKey.Usable> known = new ConcurrentHashMap<>();

    NextKeySecrets(KubernetesClient client, PemLimits limits) {
        this.client = client;
        this.limits = limits;
    }

    /// `<certificate>-` and five random characters.
    static String name(Certificate certificate, RandomGenerator random) {
        var prefix = certificate.getMetadata().getName() + "-";
        var name = new StringBuilder(prefix.length() <= LONGEST_PREFIX ? prefix : prefix.substring(0, LONGEST_PREFIX));
        for (var i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    /// What the named Secret is. One that neither the cache nor this knows of counts as absent and is not asked for:
    /// [#create] finds it if it is there nonetheless.
    /// @param cached the version that the cache has of it, if it has one: when it is known already, nothing is read
    NextKey look(Certificate certificate, String name, Optional<SecretIdentity> cached) {
        var remembered = known.get(uid(certificate));
        if (remembered != null && cached.equals(Optional.of(remembered.secret()))) {
            return remembered;
        }
        if (remembered == null && cached.isEmpty()) {
            return new NextKey.Absent(name);
        }
        return find(certificate, name)
                .map(secret -> judge(certificate, secret))
                .orElseGet(() -> new NextKey.Absent(name));
    }

    /// The private key itself, read now; empty when it is gone or is not that version any more.
    Optional<KeyPair> read(Certificate certificate, SecretIdentity expected) {
        return find(certificate, expected.name())
                .filter(secret -> secret.getMetadata().getUid().equals(expected.uid()))
                .flatMap(secret -> switch (PrivateKeys.decodePem(
                        SecretFacts.entry(secret, SecretKeys.PRIVATE_KEY), limits)) {
                    case DecodedKey.Decoded(var pair) -> Optional.of(pair);
                    case DecodedKey.Undecodable _ -> Optional.empty();
                });
    }

    /// Keeps a key in a new Secret of that name, or finds what is there already.
    NextKey create(Certificate certificate, String name, KeyPair pair) {
        var pem = PrivateKeys.encodePkcs8(pair).getBytes(StandardCharsets.US_ASCII);
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(certificate.getMetadata().getNamespace())
                .addToLabels(Labels.NEXT_PRIVATE_KEY, Labels.TRUE)
                .addToLabels(Labels.CACHED, Labels.TRUE)
                .addToOwnerReferences(OwnerReferences.controlledBy(certificate))
                .endMetadata()
                .addToData(SecretKeys.PRIVATE_KEY, Base64.getEncoder().encodeToString(pem))
                .build();
        return Creation.create(client, secret, FieldManagers.KEY_MANAGER)
                .or(() -> find(certificate, name))
                .map(stored -> judge(certificate, stored))
                .orElseGet(() -> new NextKey.Absent(name));
    }

    void delete(Certificate certificate, SecretIdentity secret) {
        Deletion.delete(client, Secret.class, certificate.getMetadata().getNamespace(), secret.name(), secret.uid());
        known.remove(uid(certificate));
    }

    void forget(Certificate certificate) {
        known.remove(uid(certificate));
    }

    /// Whether a Secret holds a next private key of this Certificate.
    static boolean isOf(Certificate certificate, Secret secret) {
        var labels = secret.getMetadata().getLabels();
        return labels != null
                && Labels.TRUE.equals(labels.get(Labels.NEXT_PRIVATE_KEY))
                && OwnerReferences.isControlledBy(secret, certificate);
    }

    static SecretIdentity identity(Secret secret) {
        var meta = secret.getMetadata();
        return new SecretIdentity(meta.getName(), meta.getUid(), meta.getResourceVersion());
    }

    private NextKey judge(Certificate certificate, Secret secret) {
        if (!isOf(certificate, secret)) {
            return new NextKey.Foreign(secret.getMetadata().getName());
        }
        var identity = identity(secret);
        return switch (SecretFacts.key(SecretFacts.entry(secret, SecretKeys.PRIVATE_KEY), limits)) {
            case KeyFact.Usable(var key) -> {
                var usable = new NextKey.Usable(identity, key);
                known.put(uid(certificate), usable);
                yield usable;
            }
            case KeyFact.None _ -> new NextKey.Broken(identity, "it holds no private key");
            case KeyFact.Undecodable(var reason) -> new NextKey.Broken(identity, reason);
        };
    }

    private Optional<Secret> find(Certificate certificate, String name) {
        return new NamespaceSecrets(client, certificate.getMetadata().getNamespace()).find(name);
    }

    private static String uid(Certificate certificate) {
        return certificate.getMetadata().getUid();
    }
}
