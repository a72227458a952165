package dev.acme53.rig;

import dev.acme53.api.ClusterIssuer;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.SimulatorSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/// Makes ahead-of-time caches (JEP 483): a controller issues one Certificate, and as it ends its JVM writes down which
/// classes it had loaded, without profiles of methods (JEP 515, ADR 26). `target/acme53.aot` is what the controllers
/// of the tests start with, as those of the image do.
public final class AotCache {
    private AotCache() {}

    /// @param none nothing to say
    public static void main(String[] none) {
        train(ControllerProcess::program, ControllerProcess.AOT_CACHE);
    }

    /// Makes the cache of a program.
    ///
    /// @param program its command without flags, for the options given
    public static void train(UnaryOperator<List<String>> program, Path cache) {
        try (var rig = Rig.start(TestServers.kubernetes(), SimulatorSettings.defaults(), pebble -> pebble);
                var platform = Tenant.of(rig);
                var controller = rig.controller(platform.namespace().name())
                        .command(program.apply(List.of(
                                "-XX:AOTCacheOutput=" + cache,
                                "-Xlog:aot=error",
                                "-XX:+UnlockDiagnosticVMOptions",
                                "-XX:-AOTRecordTraining")))
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
