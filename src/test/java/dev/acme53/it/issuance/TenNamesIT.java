package dev.acme53.it.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.ClusterIssuer;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Operation;
import dev.acme53.sim.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Five Certificates, each for an apex and its wildcard, while Route 53 takes 20 s until INSYNC.
class TenNamesIT {
    private static final Duration BOUND = Duration.ofSeconds(45);

    @Test
    void tenNamesOfFiveCertificatesAreReadyWithin45Seconds() {
        var settings = SimulatorSettings.defaults().insyncAfter(Duration.ofSeconds(20));
        try (var rig = Rig.start(TestServers.kubernetes(), settings, pebble -> pebble);
                var platform = Tenant.of(rig);
                var tenant = Tenant.of(rig);
                var _ = rig.controller(platform.namespace().name()).ready()) {
            rig.route53().createZone("ten.test");
            platform.apply("""
                    apiVersion: cert-manager.io/v1
                    kind: ClusterIssuer
                    metadata:
                      name: ten
                    spec:
                      acme:
                        server: ${DIRECTORY}
                        caBundle: ${CA_BUNDLE}
                        privateKeySecretRef:
                          name: ten-account
                        solvers:
                          - dns01:
                              route53: {}
                    """);
            var all = IntStream.range(0, 5).mapToObj(i -> "c" + i).toList();
            var start = System.nanoTime();
            all.forEach(name ->
                    tenant.certificate(name, "ClusterIssuer", "ten", name + ".ten.test", "*." + name + ".ten.test"));
            all.forEach(tenant::awaitIssued);
            var took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println(
                    "five Certificates of two names each: ready after " + took.toMillis() + " ms, " + calls(rig));
            assertThat(took).isLessThan(BOUND);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(rig.route53().txtRecords()).isEmpty());
            platform.client().resources(ClusterIssuer.class).withName("ten").delete();
        }
    }

    private static String calls(Rig rig) {
        return List.of(Operation.LIST_HOSTED_ZONES_BY_NAME, Operation.CHANGE_RESOURCE_RECORD_SETS, Operation.GET_CHANGE)
                .stream()
                .map(o -> rig.route53().count(o) + " " + o.action())
                .toList()
                .toString();
    }
}
