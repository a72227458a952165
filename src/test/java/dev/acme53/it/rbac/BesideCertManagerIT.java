package dev.acme53.it.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import dev.acme53.fixture.DeployFolder;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `deploy/` with its component `beside-cert-manager`: Challenges alone, under roles for Challenges alone. A second
/// process plays cert-manager.
class BesideCertManagerIT {
    private final KubernetesApi kubernetes = TestServers.kubernetes();

    @Test
    void whoProvesChallengesMayDoWhatThatTakesAndNoMore() throws Exception {
        try (var client = kubernetes.client();
                var namespace = kubernetes.freshNamespace();
                var simulator = Simulator.start(SimulatorSettings.defaults());
                var ca = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress()))) {
            var folder = DeployFolder.with("beside-cert-manager");
            RolesIT.apply(client, folder);
            var calls = new Calls(kubernetes, "cert-manager", folder);
            try (var peer = ControllerProcess.with(kubernetes)
                            .flags(
                                    "--controllers=*,-challenges",
                                    "--cluster-resource-namespace=cert-manager",
                                    "--leader-elect=false")
                            .ready();
                    var controller = RolesIT.start(simulator, "cert-manager", folder);
                    var life = new Life(client, namespace, ca, "ClusterIssuer", calls)) {
                life.issuer("ClusterIssuer", "pebble");
                life.request("pebble", "early");
                // that there is no zone is said again and again
                life.awaitUse(new Permission("", "events", "patch"));
                simulator.createZone("example.com");
                life.awaitRevision("early", 1);
                outrun(client, life);
                peer.stop();
                challengeOfAnotherSolver(client, namespace);
                life.awaitUse(new Permission(RolesIT.CORE, "certificaterequests", "get"));
                assertThat(controller.stop()).isZero();
                assertThat(calls.refused(namespace)).isEmpty();
                assertThat(calls.used()).isEqualTo(RolesIT.granted(folder));
            }
        }
    }

    /// Somebody else writes whenever the controller is about to, until it has read a Challenge again.
    private static void outrun(KubernetesClient client, Life life) throws InterruptedException {
        var read = new Permission(RolesIT.ACME, "challenges", "get");
        for (var round = 0; round < 10 && !life.calls().used().contains(read); round++) {
            try (var _ = new Stir(client, life.namespace().name(), List.of(Challenge.class))) {
                life.request("pebble", "stirred-" + round);
                life.awaitRevision("stirred-" + round, 1);
            }
        }
    }

    /// Which cert-manager makes and who plays it here does not: the Certificate is told that nobody serves it.
    private static void challengeOfAnotherSolver(KubernetesClient client, TestNamespace namespace) {
        var order = client.resources(Order.class).inNamespace(namespace.name()).list().getItems().stream()
                .filter(any -> any.getMetadata().getName().startsWith("early-"))
                .findFirst()
                .orElseThrow();
        RolesIT.apply(client, """
                apiVersion: acme.cert-manager.io/v1
                kind: Challenge
                metadata:
                  name: another
                  namespace: %s
                  ownerReferences:
                  - {apiVersion: acme.cert-manager.io/v1, kind: Order, name: %s, uid: %s, controller: true}
                spec:
                  type: HTTP-01
                  url: %s/challenge
                  authorizationURL: %s/authorization
                  token: token
                  key: key
                  dnsName: example.com
                  wildcard: false
                  issuerRef: {name: pebble, kind: ClusterIssuer}
                  solver: {http01: {ingress: {}}}
                """.formatted(
                        namespace,
                        order.getMetadata().getName(),
                        order.getMetadata().getUid(),
                        order.statusOrEmpty().url(),
                        order.statusOrEmpty().url()));
    }
}
