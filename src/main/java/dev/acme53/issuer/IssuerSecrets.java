package dev.acme53.issuer;

import dev.acme53.account.AccountKeys;
import dev.acme53.acme.Eab;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.ExternalAccountBinding;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.reconcile.NamespaceSecrets;
import dev.acme53.reconcile.StageContext;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/// Reads the Secrets that an issuer names. Blocks.
record IssuerSecrets(StageContext context, AccountKeys keys) {
    Findings of(AnyIssuer issuer, AcmeIssuer acme) {
        var secrets =
                new NamespaceSecrets(context.client(), issuer.resourceNamespace(context.clusterResourceNamespace()));
        return new Findings(
                keys.find(issuer, acme),
                Optional.ofNullable(acme.externalAccountBinding())
                        .map(b -> binding(b, secrets))
                        .orElseGet(Findings.Binding.None::new),
                acme.solvers().stream()
                        .flatMap(solver -> solver.route53().stream())
                        .flatMap(IssuerSecrets::references)
                        .flatMap(ref -> problem(ref, secrets).stream())
                        .findFirst());
    }

    /// Empty names count as unset: Go writes them so.
    private static Stream<SecretKeySelector> references(Route53Solver solver) {
        return Stream.of(
                        Optional.ofNullable(solver.secretAccessKeySecretRef()),
                        Optional.ofNullable(solver.accessKeyIDSecretRef()))
                .flatMap(Optional::stream)
                .filter(SecretKeySelector::isSet);
    }

    private static Optional<String> problem(SecretKeySelector ref, NamespaceSecrets secrets) {
        return switch (secrets.entry(ref.name(), ref.key())) {
            case NamespaceSecrets.Lookup.Found _ -> Optional.empty();
            case NamespaceSecrets.Lookup.NoSecret none -> Optional.of(missing(none));
            case NamespaceSecrets.Lookup.NoKey none -> Optional.of(missing(none));
        };
    }

    private static Findings.Binding binding(ExternalAccountBinding binding, NamespaceSecrets secrets) {
        var ref = binding.keySecretRef();
        return switch (secrets.entry(ref.name(), ref.key())) {
            case NamespaceSecrets.Lookup.NoSecret none -> new Findings.Binding.Wrong(missing(none));
            case NamespaceSecrets.Lookup.NoKey none -> new Findings.Binding.Wrong(missing(none));
            case NamespaceSecrets.Lookup.Found found -> decoded(binding.keyID(), found.text(), ref, secrets);
        };
    }

    private static Findings.Binding decoded(
            String keyId, String text, SecretKeySelector ref, NamespaceSecrets secrets) {
        try {
            var key = Base64.getUrlDecoder().decode(text.strip());
            if (key.length > 0) {
                return new Findings.Binding.Usable(new Eab(keyId, new SecretKeySpec(key, "HmacSHA256")));
            }
        } catch (IllegalArgumentException _) {
            // told below, without a word of what the entry holds
        }
        return new Findings.Binding.Wrong("entry \"%s\" of Secret \"%s/%s\" is not a MAC key in base64url"
                .formatted(ref.key(), secrets.namespace(), ref.name()));
    }

    private static String missing(NamespaceSecrets.Lookup.NoSecret none) {
        return "secret \"" + none.namespace() + "/" + none.name() + "\" not found";
    }

    private static String missing(NamespaceSecrets.Lookup.NoKey none) {
        return "secret \"" + Objects.requireNonNull(none.namespace()) + "/" + none.name() + "\" has no entry \""
                + none.key() + "\"";
    }
}
