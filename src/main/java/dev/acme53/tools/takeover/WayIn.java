package dev.acme53.tools.takeover;

import dev.acme53.api.AnyIssuer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What comes of each object when acme53 takes the cluster over.
final class WayIn {
    private final Picture picture;
    private final Intent intent;
    private final Instant now;

    WayIn(Picture picture, Intent intent, Instant now) {
        this.picture = picture;
        this.intent = intent;
        this.now = now;
    }

    Report report() {
        var issuers = new Issuers(picture.issuers());
        var certificates = new Certificates(issuers);
        var underWay = new UnderWay(issuers);
        var findings = new ArrayList<Finding>();
        picture.definitions().forEach(d -> Installation.verdict(d).ifPresent(findings::add));
        picture.hooks().forEach(hook -> Installation.verdict(hook).ifPresent(findings::add));
        picture.peers().stream()
                .flatMap(peer -> Programs.verdicts(peer, intent))
                .forEach(findings::add);
        picture.leases().stream()
                .flatMap(lease -> Programs.verdicts(lease, intent, now))
                .forEach(findings::add);
        new Accounts(picture, intent).verdicts().forEach(findings::add);
        picture.issuers().stream()
                .flatMap(issuer -> Issuers.verdicts(issuer).stream())
                .forEach(findings::add);
        picture.certificates().stream()
                .flatMap(certificate -> certificates.verdicts(certificate).stream())
                .forEach(findings::add);
        picture.requests().forEach(request -> findings.add(underWay.verdict(request)));
        picture.orders().forEach(order -> findings.add(underWay.verdict(order)));
        picture.challenges().forEach(challenge -> findings.add(underWay.verdict(challenge)));
        picture.shimmed().stream().map(WayIn::shimmed).forEach(findings::add);
        return new Report(findings, notes(), picture.finished(), List.copyOf(picture.lacking()));
    }

    private static Finding shimmed(Picture.Shimmed object) {
        return new Finding(
                Finding.Verdict.LEFT_ALONE,
                object.kind(),
                object.namespace(),
                object.name(),
                "asks for Certificates by annotation, which acme53 does not read",
                "write Certificates of your own; those that are there are renewed");
    }

    private List<String> notes() {
        var peers = picture.peers().isEmpty()
                ? Stream.of("no controller of cert-manager's was found")
                : picture.peers().stream().flatMap(Programs::note);
        return Stream.concat(peers, Stream.of(intended(), beside()))
                .filter(note -> !note.isEmpty())
                .toList();
    }

    private String intended() {
        return "looked at for acme53 as ServiceAccount " + intent.account() + ", with --cluster-resource-namespace="
                + intent.clusterResourceNamespace() + " and --leader-election-namespace=" + intent.leaseNamespace();
    }

    /// Whether acme53 may prove Challenges beside a cert-manager with `--controllers=*,-challenges`.
    private String beside() {
        Map<String, List<String>> others = new TreeMap<>();
        picture.issuers()
                .forEach(issuer -> Issuers.acme(issuer).stream()
                        .flatMap(acme -> acme.solvers().stream())
                        .filter(solver -> solver.route53().isEmpty())
                        .map(Issuers::provider)
                        .distinct()
                        .forEach(provider -> others.computeIfAbsent(provider, _ -> new ArrayList<>())
                                .add(named(issuer))));
        return others.isEmpty()
                ? "beside cert-manager (besideCertManager): possible, all ACME solvers are DNS01 in Route 53"
                : "beside cert-manager (besideCertManager): not possible, since with --controllers=*,-challenges nobody"
                        + " would serve "
                        + others.entrySet().stream()
                                .map(e -> e.getKey() + " of " + String.join(", ", e.getValue()))
                                .collect(Collectors.joining("; "));
    }

    private static String named(AnyIssuer issuer) {
        return Finding.served(issuer, "").object();
    }
}
