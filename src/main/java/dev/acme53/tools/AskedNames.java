package dev.acme53.tools;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Certificate;
import dev.acme53.api.Challenge;
import dev.acme53.api.SelectorMatch;
import dev.acme53.api.Solver;
import dev.acme53.names.DnsName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The names that Certificates and Challenges of the cluster ask an issuer for.
///
/// @param follow where a record's name leads by CNAMEs
record AskedNames(List<Certificate> certificates, List<Challenge> challenges, UnaryOperator<DnsName> follow) {
    /// The records, sorted, that `solver` of `issuer` writes for them.
    List<DnsName> of(AnyIssuer issuer, Solver solver) {
        return Stream.concat(ofCertificates(issuer, solver), ofChallenges(issuer, solver))
                .flatMap(text -> DnsName.parse(text).stream())
                .map(RecordNames::recordFor)
                .distinct()
                .map(record -> followed(record, solver))
                .distinct()
                .toList();
    }

    /// Where `solver` writes what proves `names`, whether or not they are asked for.
    List<DnsName> of(List<DnsName> names, Solver solver) {
        return names.stream()
                .map(name -> followed(RecordNames.recordFor(name), solver))
                .distinct()
                .toList();
    }

    private DnsName followed(DnsName record, Solver solver) {
        return solver.followsCnames() ? follow.apply(record) : record;
    }

    private Stream<String> ofCertificates(AnyIssuer issuer, Solver solver) {
        return certificates.stream()
                .filter(c -> c.getSpec()
                        .issuerRef()
                        .means(
                                issuer,
                                Objects.requireNonNullElse(c.getMetadata().getNamespace(), "")))
                .flatMap(c -> names(c).filter(name ->
                        chosen(issuer, name, labels(c)).filter(solver::equals).isPresent()));
    }

    private Stream<String> ofChallenges(AnyIssuer issuer, Solver solver) {
        return challenges.stream()
                .filter(c -> c.getSpec()
                                .issuerRef()
                                .means(
                                        issuer,
                                        Objects.requireNonNullElse(
                                                c.getMetadata().getNamespace(), ""))
                        && solver.equals(c.getSpec().solver()))
                .map(c -> c.getSpec().dnsName());
    }

    private static Stream<String> names(Certificate certificate) {
        var names = new ArrayList<>(certificate.getSpec().dnsNames());
        names.add(certificate.getSpec().commonName());
        return names.stream().filter(name -> !name.isEmpty());
    }

    private static Map<String, String> labels(Certificate certificate) {
        return Objects.requireNonNullElse(certificate.getMetadata().getLabels(), Map.of());
    }

    /// The solver that an Order takes for a name.
    private static Optional<Solver> chosen(AnyIssuer issuer, String name, Map<String, String> labels) {
        var acme = issuer.getSpec().acme();
        // a CA offers nothing but DNS01 for a wildcard
        var able = (acme == null ? List.<Solver>of() : acme.solvers())
                .stream()
                        .filter(solver -> !name.startsWith("*.") || solver.dns01() != null)
                        .toList();
        return SelectorMatch.best(able, name, labels);
    }
}
