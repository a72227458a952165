package dev.acme53.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.it.takeover.PeersObjects;
import dev.acme53.servers.Helm;
import dev.acme53.servers.Kubectl;
import dev.acme53.sim.Call;
import dev.acme53.sim.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An installation that proves Challenges and nothing else, beside one that does all but that. cert-manager is that
/// other one for users; here it is a second release of our chart with the flag that the guide has users give
/// cert-manager, under the same account and the same Lease.
///
/// It serves one namespace: what cert-manager left in another is some days old and would be renewed.
record Beside(ClusterRig rig, Installed installed, PodLogs logs) {
    private static final String ROLE = "arn:aws:iam::123456789012:role/acme53-challenges";

    /// From the installation of both to their removal; nothing else is installed meanwhile.
    ///
    /// @param folder for values
    void prove(Path folder) throws IOException {
        var peer = new Release(Helm.of(Helm.Major.FOUR, rig.cluster()), "cert-manager", folder.resolve("peer.yaml"));
        Files.writeString(peer.values(), rig.withoutWebhook(ClusterRig.ROLE) + """
                extraArgs: ["--controllers=*,-challenges", "--namespace=default"]
                """);
        // an Issuer has no credentials of the Pod's without the flag
        var own = new Release(peer.helm(), "acme53", folder.resolve("beside.yaml"));
        Files.writeString(own.values(), rig.withoutWebhook(ROLE) + """
                besideCertManager: true
                extraArgs: [--issuer-ambient-credentials]
                """);
        rig.role(ROLE, "acme53");
        try (var namespace = rig.cluster().freshNamespace()) {
            var left = new PeersObjects(rig.client(), namespace);
            left.create();
            var before = left.versions();
            try {
                peer.install();
                own.install();
                aCertificateIsProvenByOne();
                assertThat(left.versions()).isEqualTo(before);
                assertThat(logs.forbidden()).isEmpty();
                own.uninstall();
                peer.uninstall();
            } finally {
                left.deleteIssuer();
            }
        }
    }

    private void aCertificateIsProvenByOne() {
        var calls = rig.aws().calls().size();
        rig.issuer("Issuer", "local");
        rig.certificate("proven", "Issuer", "local");
        installed.awaitIssued("proven");
        assertThat(whoami()).contains(ROLE);
        installed.awaitNoRecords(rig.aws());
        assertThat(installed.holder("acme53-challenges")).startsWith("acme53-");
        assertThat(installed.holder("cert-manager-controller")).startsWith("cert-manager-acme53-");
        assertThat(changes(calls))
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.principal()).contains(":assumed-role/acme53-challenges/"));
    }

    /// As the guide has it run, in the Pod.
    private String whoami() {
        return new Kubectl(rig.cluster())
                .run(
                        "exec",
                        "--namespace=" + ClusterRig.NAMESPACE,
                        "deployment/acme53",
                        "--",
                        "/opt/java/bin/java",
                        "@/app/acme53",
                        "whoami",
                        "--issuer=local",
                        "--namespace=default",
                        "--issuer-ambient-credentials");
    }

    private List<Call> changes(int after) {
        var all = rig.aws().calls();
        return all.subList(after, all.size()).stream()
                .filter(call -> call.operation() == Operation.CHANGE_RESOURCE_RECORD_SETS)
                .toList();
    }
}
