package dev.acme53.aws;

import dev.acme53.api.Route53Solver;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.reconcile.NamespaceSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// The access keys that a solver names, read from the one namespace it may read (route53.md R19, R26, R56, R57).
final class SolverKeys {
    private static final String ID = "error getting route53 secret access key id: ";
    private static final String SECRET = "error getting route53 secret access key: ";

    private SolverKeys() {}

    /// The access key of `solver`, or why there is none, in the order of §2.7: E4, E5, E6, E7.
    static Keys of(Route53Solver solver, NamespaceSecrets namespace) {
        var secrets = new Reads(namespace, new HashMap<>());
        var ref = solver.accessKeyIDSecretRef();
        var literal = solver.accessKeyID().strip();
        if (!literal.isEmpty() && ref != null) {
            return new Keys.Refused("route53 accessKeyID and accessKeyIDSecretRef cannot both be specified", false);
        }
        if (ref != null && ref.key().isEmpty()) {
            return new Keys.Refused("route53 accessKeyIDSecretRef requires a key field to be specified", false);
        }
        if (ref != null && ref.name().isEmpty()) {
            return new Keys.Refused("route53 accessKeyIDSecretRef requires a name field to be specified", false);
        }
        var id = ref == null ? new Part.Text(literal, "literal") : keyId(secrets, ref);
        return switch (id) {
            case Part.Missing missing -> new Keys.Refused(missing.message, true);
            case Part.Text text -> withSecret(solver, secrets, text);
        };
    }

    private static Keys withSecret(Route53Solver solver, Reads secrets, Part.Text id) {
        var ref = solver.secretAccessKeySecretRef(); // written with an empty name even when unset
        var secret = ref == null || !ref.isSet() ? new Part.Text("", "none") : secretKey(secrets, ref);
        return switch (secret) {
            case Part.Missing missing -> new Keys.Refused(missing.message, true);
            case Part.Text text -> new Keys.Found(id.text, text.text, id.version + "+" + text.version);
        };
    }

    private static Part keyId(Reads secrets, SecretKeySelector ref) {
        return read(secrets, ref, ID, (name, key) -> "no data found in Secret \"" + name + "\" at Key \"" + key + "\"");
    }

    private static Part secretKey(Reads secrets, SecretKeySelector ref) {
        return read(
                secrets,
                ref,
                SECRET,
                (name, key) ->
                        "key '" + key + "' not found in secret \"" + secrets.namespace.namespace() + "/" + name + "\"");
    }

    private static Part read(Reads secrets, SecretKeySelector ref, String failure, BinaryOperator<String> noKey) {
        try {
            return switch (secrets.entry(ref.name(), ref.key())) {
                case NamespaceSecrets.Lookup.Found found -> text(found, ref);
                case NamespaceSecrets.Lookup.NoSecret none ->
                    new Part.Missing(failure + "secret \"" + none.namespace() + "/" + none.name() + "\" not found");
                case NamespaceSecrets.Lookup.NoKey none ->
                    new Part.Missing(failure + noKey.apply(none.name(), none.key()));
            };
        } catch (KubernetesClientException e) {
            return new Part.Missing(failure + Refusals.apiServer(e));
        }
    }

    private static Part text(NamespaceSecrets.Lookup.Found found, SecretKeySelector ref) {
        return new Part.Text(
                found.text().strip(), ref.name() + "/" + ref.key() + "@" + found.uid() + ":" + found.resourceVersion());
    }

    /// Each Secret is read once: both halves come from one version of it, also while it is being rotated.
    private record Reads(NamespaceSecrets namespace, Map<String, Optional<Secret>> known) {
        NamespaceSecrets.Lookup entry(String name, String key) {
            return known.computeIfAbsent(name, namespace::find)
                    .map(secret -> NamespaceSecrets.entryOf(secret, key))
                    .orElseGet(() -> new NamespaceSecrets.Lookup.NoSecret(namespace.namespace(), name));
        }

        @Override
        public String toString() {
            return "Reads[" + namespace.namespace() + "]";
        }
    }

    /// One half of the keys.
    private sealed interface Part {
        /// Read and trimmed.
        record Text(String text, String version) implements Part {
            /// Without the text.
            @Override
            public String toString() {
                return "Text[version=" + version + "]";
            }
        }

        record Missing(String message) implements Part {}
    }

    /// What a solver's settings give; both halves may be empty.
    sealed interface Keys {
        /// Read and trimmed.
        /// @param version changes whenever a Secret behind it does
        record Found(String id, String secret, String version) implements Keys {
            /// The keys in words.
            String words(String namespace) {
                return "access keys of the solver, Secrets of namespace " + namespace;
            }

            boolean isNone() {
                return id.isEmpty() && secret.isEmpty();
            }

            boolean isHalf() {
                return id.isEmpty() != secret.isEmpty();
            }

            /// Without the keys.
            @Override
            public String toString() {
                return "Found[version=" + version + "]";
            }
        }

        record Refused(String message, boolean mayHeal) implements Keys {}
    }
}
