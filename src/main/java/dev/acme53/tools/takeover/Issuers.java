package dev.acme53.tools.takeover;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Solver;
import dev.acme53.api.SolverSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The issuers of a cluster, and what comes of each.
final class Issuers {
    private final Map<String, AnyIssuer> byName = new HashMap<>();

    Issuers(List<AnyIssuer> all) {
        all.forEach(issuer -> byName.put(
                key(
                        issuer.getKind(),
                        issuer.getMetadata().getNamespace(),
                        issuer.getMetadata().getName()),
                issuer));
    }

    private static String key(String kind, @Nullable String namespace, String name) {
        return kind + " " + Objects.requireNonNullElse(namespace, "") + "/" + name;
    }

    /// Whom an object in `namespace` means.
    Optional<AnyIssuer> find(IssuerRef ref, String namespace) {
        return Optional.ofNullable(
                byName.get(key(ref.kindOrDefault(), ref.isClusterIssuer() ? "" : namespace, ref.name())));
    }

    /// Why an object in `namespace` that names this issuer is not served; empty when it is.
    Optional<String> obstacle(IssuerRef ref, String namespace) {
        var found = find(ref, namespace);
        if (found.isEmpty()) {
            return Optional.of("its " + ref.kindOrDefault() + " " + ref.name() + " does not exist");
        }
        return acme(found.get()).isPresent()
                ? Optional.empty()
                : Optional.of("its " + ref.kindOrDefault() + " " + ref.name() + " is of type " + type(found.get()));
    }

    static Optional<AcmeIssuer> acme(AnyIssuer issuer) {
        var spec = issuer.getSpec();
        return spec == null ? Optional.empty() : Optional.ofNullable(spec.acme());
    }

    private static String type(AnyIssuer issuer) {
        var spec = issuer.getSpec();
        return (spec == null ? Optional.<String>empty() : spec.type()).orElse("none");
    }

    /// What comes of an issuer, solver by solver.
    static List<Finding> verdicts(AnyIssuer issuer) {
        var acme = acme(issuer);
        if (acme.isEmpty()) {
            return List.of(Finding.leftAlone(
                    issuer,
                    "of type " + type(issuer) + "; only acme is served",
                    "its Certificates need an ACME issuer, or a cert-manager that runs on beside acme53"));
        }
        if (acme.get().server().startsWith("http:")) {
            return List.of(Finding.leftAlone(
                    issuer, "acme.server is not an https URL", "give the https URL of the CA's directory"));
        }
        var findings = new ArrayList<Finding>();
        var solvers = acme.get().solvers();
        for (var i = 0; i < solvers.size(); i++) {
            var solver = solvers.get(i);
            if (solver.route53().isEmpty()) {
                findings.add(Finding.leftAlone(
                        issuer,
                        "solver " + i + " (" + provider(solver) + ") is not served; it is for "
                                + meantFor(solver.selector()),
                        "give these names a solver dns01.route53"));
            }
        }
        if (findings.size() < Math.max(1, solvers.size())) {
            findings.add(Finding.served(issuer, ""));
        }
        return findings;
    }

    /// `http01`, `dns01.cloudflare` and so on.
    static String provider(Solver solver) {
        if (solver.http01() != null) {
            return "http01";
        }
        var dns01 = solver.dns01();
        if (dns01 == null) {
            return "none";
        }
        return "dns01"
                + Stream.concat(
                                Stream.ofNullable(dns01.route53()).map(_ -> "route53"),
                                dns01.otherProviders().keySet().stream())
                        .findFirst()
                        .map(name -> "." + name)
                        .orElse("");
    }

    private static String meantFor(@Nullable SolverSelector selector) {
        if (selector == null) {
            return "all names";
        }
        var parts = new ArrayList<>(selector.dnsNames());
        selector.dnsZones().forEach(zone -> parts.add("all below " + zone));
        selector.matchLabels().forEach((key, value) -> parts.add("label " + key + "=" + value));
        return parts.isEmpty() ? "all names" : String.join(", ", parts);
    }
}
