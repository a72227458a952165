package dev.acme53.rig;

import dev.acme53.api.ClusterIssuer;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.SimulatorSettings;
import java.util.List;

/// Makes `target/acme53.aot`, the ahead-of-time cache (JEP 483, JEP 515) that the controllers of the tests start with,
/// as
/// those of the image do: a controller issues one Certificate, and as it ends its JVM writes down what it had loaded.
public final class AotCache {
    private AotCache() {}

    /// @param none nothing to say
    public static void main(String[] none) {
        try (var rig = Rig.start(TestServers.kubernetes(), SimulatorSettings.defaults(), pebble -> pebble);
                var platform = Tenant.of(rig);
                var controller = rig.controller(platform.namespace().name())
                        .options(List.of("-XX:AOTCacheOutput=" + ControllerProcess.AOT_CACHE, "-Xlog:aot=error"))
                        .ready()) {
            rig.route53().createZone("trained.test");
            platform.apply("""
                    apiVersion: cert-manager.io/v1
                    kind: ClusterIssuer
                    metadata:
                      name: trained
                    spec:
                      acme:
                        server: ${DIRECTORY}
                        caBundle: ${CA_BUNDLE}
                        privateKeySecretRef:
                          name: trained-account
                        solvers:
                          - dns01:
                              route53: {}
                    """);
            platform.certificate("trained", "ClusterIssuer", "trained", "trained.test");
            platform.awaitIssued("trained");
            controller.stop();
            platform.client().resources(ClusterIssuer.class).withName("trained").delete();
        }
    }
}
