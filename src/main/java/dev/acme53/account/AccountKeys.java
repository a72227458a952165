package dev.acme53.account;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Labels;
import dev.acme53.api.SecretKeys;
import dev.acme53.reconcile.NamespaceSecrets;
import dev.acme53.reconcile.NamespaceSecrets.Lookup;
import dev.acme53.x509.DecodedKey;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PemLimits;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;

/// The account keys of issuers, each in the Secret that `spec.acme.privateKeySecretRef` names (behaviour.md
/// §5.1 step 2): an Issuer's in its own namespace, a ClusterIssuer's in the cluster resource namespace.
///
/// All calls block. When the API server does not answer or refuses they throw [KubernetesClientException].
public final class AccountKeys {
    /// RS256 is what every CA takes, and the peer's only choice.
    private static final KeySpec NEW_KEY = KeySpec.rsa(2048);

    private static final int ALREADY_EXISTS = 409;

    private final KubernetesClient client;
    private final String clusterResourceNamespace;
    private final PemLimits limits;

    public AccountKeys(KubernetesClient client, String clusterResourceNamespace, PemLimits limits) {
        this.client = client;
        this.clusterResourceNamespace = clusterResourceNamespace;
        this.limits = limits;
    }

    /// The key as the Secret holds it now.
    public AccountKey find(AnyIssuer issuer, AcmeIssuer acme) {
        var secrets = new NamespaceSecrets(client, issuer.resourceNamespace(clusterResourceNamespace));
        return key(
                secrets.entry(acme.privateKeySecretRef().name(), entry(acme)),
                secrets.namespace() + "/" + acme.privateKeySecretRef().name());
    }

    /// Makes a key and its Secret; when somebody else made the Secret meanwhile, its key counts.
    public AccountKey generate(AnyIssuer issuer, AcmeIssuer acme) {
        var pair = PrivateKeys.generate(NEW_KEY);
        var pem = PrivateKeys.encodePkcs1(pair).getBytes(StandardCharsets.UTF_8);
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName(acme.privateKeySecretRef().name())
                .withNamespace(issuer.resourceNamespace(clusterResourceNamespace))
                .withLabels(Map.of(Labels.MANAGED_BY, Labels.MANAGER))
                .endMetadata()
                .withData(Map.of(entry(acme), Base64.getEncoder().encodeToString(pem)))
                .build();
        try {
            client.resource(secret).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == ALREADY_EXISTS) {
                return find(issuer, acme);
            }
            throw e;
        }
        return found(pair);
    }

    private AccountKey key(Lookup lookup, String secret) {
        return switch (lookup) {
            case Lookup.NoSecret(var namespace, var name) -> new AccountKey.NoSecret(namespace, name);
            case Lookup.NoKey noKey ->
                new AccountKey.Unusable("Secret " + secret + " has no entry \"" + noKey.key() + "\"");
            case Lookup.Found found ->
                switch (PrivateKeys.decodePem(found.bytes(), limits)) {
                    case DecodedKey.Undecodable(var reason) ->
                        new AccountKey.Unusable("Secret " + secret + " holds no usable account key: " + reason);
                    case DecodedKey.Decoded(var pair) ->
                        pair.getPublic() instanceof RSAPublicKey
                                ? found(pair)
                                : new AccountKey.Unusable("Secret " + secret + " holds an account key of algorithm "
                                        + pair.getPublic().getAlgorithm() + ", it must be RSA");
                };
        };
    }

    private static AccountKey found(KeyPair pair) {
        return new AccountKey.Found(pair, hash(pair));
    }

    static String hash(KeyPair rsa) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(PrivateKeys.pkcs1Der(rsa.getPrivate()));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String entry(AcmeIssuer acme) {
        return acme.privateKeySecretRef().keyOr(SecretKeys.PRIVATE_KEY);
    }
}
