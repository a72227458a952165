package dev.acme53.issuer;

import dev.acme53.account.AccountKeys;
import dev.acme53.acme.Eab;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.ExternalAccountBinding;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.reconcile.NamespaceSecrets;
import dev.acme53.reconcile.NamespaceSecrets.Lookup;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/// The Secrets that an issuer names: its account key, the external account binding's key, its Route 53 solvers'
/// access keys.
record IssuerSecrets(StageContext context, AccountKeys keys) {
    /// A Secret's entry and the field that names it.
    private record Named(String field, SecretKeySelector entry) {}

    /// Reads them as they are now.
    ///
    /// @throws KubernetesClientException when one cannot be read
    Findings read(AnyIssuer issuer, AcmeIssuer acme) {
        var secrets = new NamespaceSecrets(context.client(), namespace(issuer));
        return new Findings(
                keys.find(issuer, acme),
                Optional.ofNullable(acme.externalAccountBinding())
                        .map(b -> binding(b, secrets))
                        .orElseGet(Findings.Binding.None::new),
                solvers(acme).stream()
                        .flatMap(named -> problem(named, secrets).stream())
                        .findFirst());
    }

    /// Which Secrets an issuer names, whether they are there or not.
    Collection<ResourceID> named(AnyIssuer issuer) {
        var acme = issuer.getSpec().acme();
        if (acme == null) {
            return List.of();
        }
        var binding = Optional.ofNullable(acme.externalAccountBinding()).map(ExternalAccountBinding::keySecretRef);
        return Stream.of(
                        Stream.of(acme.privateKeySecretRef()),
                        binding.stream(),
                        solvers(acme).stream().map(Named::entry))
                .flatMap(all -> all)
                .filter(SecretKeySelector::isSet)
                .map(entry -> new ResourceID(entry.name(), namespace(issuer)))
                .distinct()
                .toList();
    }

    /// Makes an account key and its Secret.
    ///
    /// @return why not; empty when it is there
    String generateKey(AnyIssuer issuer, AcmeIssuer acme) {
        try {
            keys.generate(issuer, acme);
            return "";
        } catch (KubernetesClientException e) {
            return IssuerReport.answer(e);
        }
    }

    private String namespace(AnyIssuer issuer) {
        return issuer.resourceNamespace(context.clusterResourceNamespace());
    }

    /// Empty names count as unset: Go writes them so.
    private static List<Named> solvers(AcmeIssuer acme) {
        var all = new ArrayList<Named>();
        for (var i = 0; i < acme.solvers().size(); i++) {
            var field = "spec.acme.solvers[" + i + "].dns01.route53.";
            acme.solvers().get(i).route53().ifPresent(route53 -> all.addAll(entries(route53, field)));
        }
        return all;
    }

    private static List<Named> entries(Route53Solver route53, String field) {
        return Stream.of(
                        Optional.ofNullable(route53.accessKeyIDSecretRef())
                                .map(entry -> new Named(field + "accessKeyIDSecretRef", entry)),
                        Optional.ofNullable(route53.secretAccessKeySecretRef())
                                .map(entry -> new Named(field + "secretAccessKeySecretRef", entry)))
                .flatMap(Optional::stream)
                .filter(named -> named.entry().isSet())
                .toList();
    }

    private static Optional<String> problem(Named named, NamespaceSecrets secrets) {
        return switch (secrets.entry(named.entry().name(), named.entry().key())) {
            case Lookup.Found _ -> Optional.empty();
            case Lookup.NoSecret none -> Optional.of(named.field() + ": " + missing(none));
            case Lookup.NoKey none -> Optional.of(named.field() + ": " + missing(none));
        };
    }

    private static Findings.Binding binding(ExternalAccountBinding binding, NamespaceSecrets secrets) {
        var field = "spec.acme.externalAccountBinding.keySecretRef: ";
        var entry = binding.keySecretRef();
        return switch (secrets.entry(entry.name(), entry.key())) {
            case Lookup.NoSecret none -> new Findings.Binding.Wrong(field + missing(none));
            case Lookup.NoKey none -> new Findings.Binding.Wrong(field + missing(none));
            case Lookup.Found found ->
                macKey(found.text())
                        .<Findings.Binding>map(key -> new Findings.Binding.Usable(new Eab(binding.keyID(), key)))
                        .orElseGet(() -> new Findings.Binding.Wrong(field + "entry \"" + entry.key() + "\" of Secret "
                                + secrets.namespace() + "/" + entry.name()
                                + " is not the MAC key in base64url, as the CA gave it"));
        };
    }

    private static Optional<SecretKeySpec> macKey(String text) {
        try {
            var octets = Base64.getUrlDecoder().decode(text.strip());
            return octets.length == 0 ? Optional.empty() : Optional.of(new SecretKeySpec(octets, "HmacSHA256"));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String missing(Lookup.NoSecret none) {
        return "there is no Secret " + none.namespace() + "/" + none.name();
    }

    private static String missing(Lookup.NoKey none) {
        return "Secret " + none.namespace() + "/" + none.name() + " has no entry \"" + none.key() + "\"";
    }
}
