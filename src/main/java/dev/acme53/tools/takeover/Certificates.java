package dev.acme53.tools.takeover;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateSpec;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Keystores;
import dev.acme53.api.SelectorMatch;
import dev.acme53.api.Solver;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What comes of Certificates.
final class Certificates {
    private final Issuers issuers;

    Certificates(Issuers issuers) {
        this.issuers = issuers;
    }

    /// What comes of one: whether it is renewed, and what of it is not as it was.
    List<Finding> verdicts(Certificate certificate) {
        var findings = new ArrayList<Finding>();
        findings.add(obstacle(certificate)
                .map(why -> Finding.leftAlone(certificate, why + "; " + untilThen(certificate), remedy(why)))
                .orElseGet(() -> Finding.served(certificate, progress(certificate))));
        lost(certificate).ifPresent(findings::add);
        owner(certificate).ifPresent(findings::add);
        return findings;
    }

    private static String remedy(String why) {
        return why.startsWith("IP addresses")
                ? "take them out, or have another CA sign it"
                : "an ACME issuer with a" + " solver dns01.route53 for its names";
    }

    private Optional<String> obstacle(Certificate certificate) {
        var ref = certificate.getSpec().issuerRef();
        var namespace = certificate.getMetadata().getNamespace();
        if (!ref.isServedGroup()) {
            return Optional.empty();
        }
        var unserved = issuers.obstacle(ref, namespace);
        if (unserved.isPresent()) {
            return unserved;
        }
        if (!certificate.getSpec().ipAddresses().isEmpty()) {
            return Optional.of("IP addresses cannot be proven by DNS01");
        }
        return issuers.find(ref, namespace).flatMap(Issuers::acme).flatMap(acme -> unproven(certificate, acme));
    }

    /// The names that no solver for Route 53 proves.
    private static Optional<String> unproven(Certificate certificate, AcmeIssuer acme) {
        var labels = Objects.requireNonNullElse(certificate.getMetadata().getLabels(), Map.<String, String>of());
        var byProvider = new TreeMap<String, List<String>>();
        for (var name : names(certificate.getSpec())) {
            var chosen = SelectorMatch.best(able(acme, name), name, labels);
            if (chosen.flatMap(Solver::route53).isEmpty()) {
                byProvider
                        .computeIfAbsent(chosen.map(Issuers::provider).orElse("no solver"), _ -> new ArrayList<>())
                        .add(name);
            }
        }
        return byProvider.isEmpty()
                ? Optional.empty()
                : Optional.of(byProvider.entrySet().stream()
                        .map(e -> e.getKey() + " is chosen for " + String.join(", ", e.getValue()))
                        .collect(Collectors.joining("; ")));
    }

    /// CAs offer DNS01 alone for wildcards.
    private static List<Solver> able(AcmeIssuer acme, String name) {
        return acme.solvers().stream()
                .filter(solver -> solver.dns01() != null || !name.startsWith("*."))
                .toList();
    }

    private static Set<String> names(CertificateSpec spec) {
        var names = new LinkedHashSet<>(spec.dnsNames());
        if (spec.commonName().contains(".")) {
            names.add(spec.commonName());
        }
        return names;
    }

    private static String untilThen(Certificate certificate) {
        var end = certificate.statusOrEmpty().notAfter();
        return end == null ? "it has no certificate" : "its Secret is kept, not renewed, and expires at " + end;
    }

    private static String progress(Certificate certificate) {
        var external = certificate.getSpec().issuerRef();
        if (!external.isServedGroup()) {
            return "signed by the controller of " + external.group() + ", as before";
        }
        return Conditions.isTrue(certificate.statusOrEmpty().conditions(), ConditionTypes.ISSUING)
                ? "being issued, which goes on"
                : "";
    }

    /// What cert-manager does for it and acme53 does not.
    private static Optional<Finding> lost(Certificate certificate) {
        var spec = certificate.getSpec();
        var lost = new ArrayList<String>();
        if (creates(spec.keystores())) {
            lost.add("keystores are not written: the next issuance takes them out of the Secret");
        }
        if (!spec.additionalOutputFormats().isEmpty()) {
            lost.add("additionalOutputFormats are not written: the next issuance takes them out of the Secret");
        }
        var renewal = spec.renewal();
        if (renewal != null && !renewal.windows().isEmpty()) {
            lost.add("renewal.windows are not waited for");
        }
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.toDo(
                        certificate,
                        String.join("; ", lost),
                        "have those who read the Secret do without, or leave it to cert-manager"));
    }

    private static boolean creates(@Nullable Keystores keystores) {
        if (keystores == null) {
            return false;
        }
        var jks = keystores.jks();
        var pkcs12 = keystores.pkcs12();
        return (jks != null && jks.create()) || (pkcs12 != null && pkcs12.create());
    }

    /// Ingresses and Gateways are not watched.
    private static Optional<Finding> owner(Certificate certificate) {
        var owners =
                Objects.requireNonNullElse(certificate.getMetadata().getOwnerReferences(), List.<OwnerReference>of());
        return owners.stream()
                .filter(owner -> List.of("Ingress", "Gateway", "ListenerSet", "XListenerSet")
                        .contains(owner.getKind()))
                .findFirst()
                .map(owner -> Finding.toDo(
                        certificate,
                        "renewed, but it does not follow " + owner.getKind() + " " + owner.getName()
                                + " any more, and goes when that goes",
                        "write Certificates of your own for changed hosts"));
    }
}
