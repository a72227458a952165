package dev.acme53.reconcile;

import dev.acme53.names.SubdomainName;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Gettable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// The Secrets of one namespace, read live: whoever holds this cannot read another tenant's.
public final class NamespaceSecrets {
    private final KubernetesClient client;
    private final String namespace;

    public NamespaceSecrets(KubernetesClient client, String namespace) {
        if (namespace.isEmpty()) {
            throw new IllegalArgumentException("a namespace is required");
        }
        this.client = client;
        this.namespace = namespace;
    }

    /// The namespace all reads stay in.
    public String namespace() {
        return namespace;
    }

    /// The Secret, or empty when there is none of that name. What no Secret can be called is not asked for.
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server does not answer
    /// or refuses
    public Optional<Secret> find(String name) {
        return Optional.of(name)
                .filter(SubdomainName::isOne)
                .map(client.secrets().inNamespace(namespace)::withName)
                .map(Gettable::get);
    }

    /// One entry of one Secret.
    public Lookup entry(String name, String key) {
        return find(name)
                .<Lookup>map(secret -> entryOf(secret, key))
                .orElseGet(() -> new Lookup.NoSecret(namespace, name));
    }

    /// The entry `key` of a Secret at hand.
    public static Lookup entryOf(Secret secret, String key) {
        var data = secret.getData();
        var value = data == null ? null : data.get(key);
        var meta = secret.getMetadata();
        return value == null
                ? new Lookup.NoKey(meta.getNamespace(), meta.getName(), key)
                : new Lookup.Found(meta.getUid(), meta.getResourceVersion(), value);
    }

    /// What an entry turned out to be.
    public sealed interface Lookup {
        /// The value, with the Secret's identity and version, so that a cache can tell that it was replaced or
        /// changed.
        /// @param base64 the value as the Secret holds it
        record Found(String uid, String resourceVersion, String base64) implements Lookup {
            /// The decoded value.
            public byte[] bytes() {
                return Base64.getDecoder().decode(base64);
            }

            /// The decoded value as UTF-8 text.
            public String text() {
                return new String(bytes(), StandardCharsets.UTF_8);
            }

            /// Names the version only: the value is a secret.
            @Override
            public String toString() {
                return "Found[uid=" + uid + ", resourceVersion=" + resourceVersion + "]";
            }
        }

        /// There is no such Secret.
        record NoSecret(String namespace, String name) implements Lookup {}

        /// The Secret has no such key.
        record NoKey(String namespace, String name, String key) implements Lookup {}
    }
}
