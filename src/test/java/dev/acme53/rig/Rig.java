package dev.acme53.rig;

import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;

/// A Kubernetes API with our kinds, a strict Pebble that looks names up in the simulator, and the simulator itself; and
/// what a controller must be told to work with them.
///
/// The Kubernetes API is handed in, since tests share one; closing the rig closes the other two.
public record Rig(KubernetesApi kubernetes, AcmeCa ca, Simulator route53) implements AutoCloseable {
    /// A rig on `kubernetes`.
    public static Rig start(
            KubernetesApi kubernetes, SimulatorSettings settings, UnaryOperator<PebbleSettings> pebble) {
        var route53 = Simulator.start(settings);
        var ca = TestServers.newAcmeCa(pebble.apply(PebbleSettings.resolvingAt(route53.dnsAddress())));
        return new Rig(kubernetes, ca, route53);
    }

    /// A controller on this rig, with the flags and the environment that a user would give it.
    public ControllerProcess.Start controller(String clusterResourceNamespace) {
        return ControllerProcess.with(kubernetes)
                .flags(
                        "--leader-elect=false",
                        "--cluster-resource-namespace=" + clusterResourceNamespace,
                        "--dns01-recursive-nameservers=" + text(route53.dnsAddress()),
                        "--dns01-recursive-nameservers-only")
                .environment("AWS_ACCESS_KEY_ID", route53.accessKey().id())
                .environment("AWS_SECRET_ACCESS_KEY", route53.accessKey().secret())
                .environment("AWS_REGION", "us-east-1")
                .environment("AWS_EC2_METADATA_DISABLED", "true")
                .environment(
                        "AWS_ENDPOINT_URL_ROUTE_53", route53.route53Endpoint().toString())
                .environment("AWS_ENDPOINT_URL_STS", route53.stsEndpoint().toString());
    }

    /// `manifest` with the CA's `${DIRECTORY}` and `${CA_BUNDLE}` (base64 of PEM) and the `${NAMESPACE}` filled in.
    public String filled(String manifest, String namespace) {
        return manifest.replace("${DIRECTORY}", ca.directory().toString())
                .replace(
                        "${CA_BUNDLE}",
                        Base64.getEncoder().encodeToString(ca.tlsRoot().getBytes(StandardCharsets.US_ASCII)))
                .replace("${NAMESPACE}", namespace);
    }

    @Override
    public void close() {
        ca.close();
        route53.close();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
