package dev.acme53.it.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.fixture.DeployFolder;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `deploy/` with its component `beside-cert-manager`: Challenges alone, under roles for Challenges alone. A second
/// process plays cert-manager.
class BesideCertManagerIT {
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
            var calls = new Calls(kubernetes, "cert-manager", folder);
            try (var _ = ControllerProcess.with(kubernetes)
                            .flags(
                                    "--controllers=*,-challenges",
                                    "--cluster-resource-namespace=cert-manager",
                                    "--leader-elect=false")
                            .ready();
                    var controller = RolesIT.start(simulator, "cert-manager", folder)) {
                RolesIT.apply(client, RolesIT.issuer("ClusterIssuer", "beside", namespace, ca));
                try (var _ = new Stir(client, namespace.name(), List.of(Challenge.class))) {
                    RolesIT.issue(client, namespace, "ClusterIssuer", "beside");
                }
                assertThat(controller.stop()).isZero();
                assertThat(calls.refused(namespace)).isEmpty();
                assertThat(RolesIT.granted(folder)).containsAll(calls.used());
            } finally {
                client.resources(ClusterIssuer.class).withName("beside").delete();
            }
        }
    }
}
