package dev.acme53.it.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.ClusterIssuer;
import dev.acme53.fixture.DeployFolder;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// `deploy/` with its component `beside-cert-manager`: Challenges alone, under roles for Challenges alone. A second
/// process plays cert-manager.
class BesideCertManagerIT {
    /// Granted, though this test need not see them called, each for its reason.
    private static final Set<Permission> NOT_SEEN = Set.of(
            // the event on the Certificate of a Challenge that is not served
            new Permission("cert-manager.io", "certificaterequests", "get"),
            // read again when somebody else changed it while its status was written
            new Permission("acme.cert-manager.io", "challenges", "get"),
            // an event that comes again is counted up
            new Permission("", "events", "patch"));

    private final KubernetesApi kubernetes = TestServers.kubernetes();

    @Test
    void whoProvesChallengesMayDoNoMoreThanThat() throws Exception {
        try (var client = kubernetes.client();
                var namespace = kubernetes.freshNamespace();
                var simulator = Simulator.start(SimulatorSettings.defaults());
                var ca = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress()))) {
            simulator.createZone("example.com");
            var folder = DeployFolder.with("beside-cert-manager");
            RolesIT.apply(client, folder);
            try (var _ = ControllerProcess.with(kubernetes)
                            .flags(
                                    "--controllers=*,-challenges",
                                    "--cluster-resource-namespace=cert-manager",
                                    "--leader-election-namespace=" + namespace.name())
                            .ready();
                    var controller = RolesIT.start(simulator, "cert-manager", folder)) {
                RolesIT.apply(client, RolesIT.issuer("ClusterIssuer", "beside", namespace, ca));
                RolesIT.issue(client, namespace, "ClusterIssuer", "beside");
                assertThat(controller.stop()).isZero();
                assertThat(RolesIT.forbidden(controller, namespace)).isEmpty();
                var granted = RolesIT.granted(folder);
                assertThat(granted).containsAll(RolesIT.needed(controller));
                var unseen = new HashSet<>(granted);
                unseen.removeAll(RolesIT.needed(controller));
                unseen.removeAll(NOT_SEEN);
                assertThat(unseen).isEmpty();
                assertThat(granted).containsAll(NOT_SEEN);
            } finally {
                client.resources(ClusterIssuer.class).withName("beside").delete();
            }
        }
    }
}
