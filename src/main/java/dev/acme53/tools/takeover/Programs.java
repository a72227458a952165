package dev.acme53.tools.takeover;

import dev.acme53.tools.takeover.Picture.HeldLease;
import dev.acme53.tools.takeover.Picture.Program;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// cert-manager's controllers and the Lease that they act under.
final class Programs {
    private static final String OWN_LEASE = "cert-manager-controller";

    /// Flags that mean the same here, beside those that are looked at one by one.
    private static final List<String> CARRIED = List.of(
            "--config=",
            "--controllers=",
            "--issuer-ambient-credentials",
            "--cluster-issuer-ambient-credentials",
            "--dns01-",
            "--enable-certificate-owner-ref",
            "--copied-annotation-prefixes",
            "--certificate-request-",
            "--max-certificate",
            "--max-private-key",
            "--namespace=");

    private static final List<String> GATES =
            List.of("ACMEUseARI=true", "ExperimentalCertificateSigningRequestControllers=true");

    private Programs() {}

    static Stream<Finding> verdicts(Program peer, Intent intent) {
        return Stream.of(resources(peer, intent), leases(peer, intent), gates(peer), challenges(peer))
                .flatMap(all -> all);
    }

    private static Stream<Finding> resources(Program peer, Intent intent) {
        var its = peer.flag("--cluster-resource-namespace").orElse("kube-system");
        return its.equals(intent.clusterResourceNamespace())
                ? Stream.of()
                : Stream.of(toDo(
                        peer,
                        "ClusterIssuers find their Secrets in " + its + ", and acme53 would look in "
                                + intent.clusterResourceNamespace(),
                        "--cluster-resource-namespace=" + its + " (chart: clusterResourceNamespace)"));
    }

    private static Stream<Finding> leases(Program peer, Intent intent) {
        var its = peer.flag("--leader-election-namespace").orElse("kube-system");
        return its.equals(intent.leaseNamespace())
                ? Stream.of()
                : Stream.of(toDo(
                        peer,
                        "its Lease is in " + its + ", and acme53 would take one in " + intent.leaseNamespace()
                                + ": both would act at once",
                        "--leader-election-namespace=" + its + " (chart: global.leaderElection.namespace)"));
    }

    private static Stream<Finding> gates(Program peer) {
        var gates = peer.flag("--feature-gates").orElse("");
        return GATES.stream()
                .filter(gates::contains)
                .map(gate -> toDo(peer, "feature gate " + gate + " is not served", "do without what it does"));
    }

    private static Stream<Finding> challenges(Program peer) {
        return peer.provesChallenges()
                ? Stream.of()
                : Stream.of(toDo(
                        peer,
                        "its --controllers leave challenges out, and acme53 with the same flag would prove none either",
                        "helm uninstall the acme53 that runs beside it, and take --controllers out of the values that"
                                + " acme53 is given"));
    }

    /// What cert-manager's controller, back alone, would not do.
    static Stream<Finding> verdictsOfBack(Program peer) {
        return peer.provesChallenges()
                ? Stream.of()
                : Stream.of(toDo(
                        peer,
                        "its --controllers leave challenges out: once acme53 is gone, nobody proves them",
                        "helm upgrade it without that flag, after helm uninstall of acme53"));
    }

    private static Finding toDo(Program program, String why, String change) {
        return Finding.toDo("Deployment", program.namespace(), program.name(), why, change);
    }

    /// What its flags say that acme53 has to be told too.
    static Stream<String> note(Program peer) {
        var carried = peer.arguments().stream()
                .filter(argument -> CARRIED.stream().anyMatch(argument::startsWith))
                .toList();
        return Stream.of(
                "cert-manager's controller is Deployment " + peer.namespace() + "/" + peer.name() + ", "
                        + peer.replicas() + " replica" + (peer.replicas() == 1 ? "" : "s") + ", ServiceAccount "
                        + peer.account(),
                carried.isEmpty() ? "" : "its flags that mean the same to acme53: " + String.join(" ", carried));
    }

    /// Who acts now, and whether the two would exclude each other.
    static Stream<Finding> verdicts(HeldLease lease, Intent intent, Instant now) {
        if (!lease.isHeld(now) || !lease.name().equals(OWN_LEASE)) {
            return Stream.of();
        }
        return Stream.of(
                lease.namespace().equals(intent.leaseNamespace())
                        ? Finding.toDo(
                                "Lease",
                                lease.namespace(),
                                lease.name(),
                                "held by " + lease.holder() + ": as long as it is, acme53 waits",
                                "see that it goes with cert-manager's release; a Lease that is left lapses")
                        : Finding.toDo(
                                "Lease",
                                lease.namespace(),
                                lease.name(),
                                "held by " + lease.holder() + ", and acme53 would take one in "
                                        + intent.leaseNamespace() + ": both would act at once",
                                "--leader-election-namespace=" + lease.namespace()
                                        + " (chart: global.leaderElection.namespace)"));
    }
}
