package dev.acme53.it.cluster;

import dev.acme53.aws.ClusterTokens;
import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.LoopbackRelay;
import dev.acme53.servers.NodeCluster;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.OidcProvider;
import dev.acme53.sim.Role;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// A cluster with the image on its node, a CA and a simulated AWS that its Pods can reach, and an IAM role that trusts
/// the controller's ServiceAccount.
final class ClusterRig implements AutoCloseable {
    static final String NAMESPACE = "cert-manager";
    static final String ROLE = "arn:aws:iam::123456789012:role/acme53";
    static final String ZONE = "cluster.test";
    static final String ISSUER = "acme";
    private static final String AUDIENCE = "sts.amazonaws.com";

    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private final List<LoopbackRelay> relays = new ArrayList<>();
    private final Simulator aws = Simulator.start(SimulatorSettings.defaults());
    private final NodeCluster cluster;
    private final AcmeCa ca;
    private final KubernetesClient client;
    private final OidcProvider provider;
    private final String directory;
    private final String route53;
    private final String sts;

    ClusterRig() {
        var image = PROJECT.resolve("target/acme53-image.tar");
        if (!Files.exists(image)) {
            throw new IllegalStateException("there is no " + image + ": mvn -Pcluster makes it");
        }
        cluster = TestServers.newCluster(relay(aws.dnsAddress()));
        cluster.load(image);
        client = cluster.client();
        ca = TestServers.newAcmeCa(PebbleSettings.resolvingAt(aws.dnsAddress()).withName(cluster.hostAddress()));
        directory = outside(ca.directory());
        route53 = outside(aws.route53Endpoint());
        sts = outside(aws.stsEndpoint());
        aws.createZone(ZONE);
        provider = ClusterTokens.provider(client, AUDIENCE);
        aws.addProvider(provider);
        role(ROLE, "cert-manager");
    }

    /// Makes an IAM role that trusts a ServiceAccount of [#NAMESPACE].
    void role(String arn, String account) {
        aws.addRole(new Role(
                arn,
                IamPolicy.documented(),
                List.of(new Role.Trust.WebIdentity(
                        provider.issuer(),
                        Set.of("system:serviceaccount:" + NAMESPACE + ":" + account),
                        Set.of(AUDIENCE)))));
    }

    private int relay(InetSocketAddress server) {
        var relay = LoopbackRelay.to(server);
        relays.add(relay);
        return relay.port();
    }

    /// The same server as Pods reach it.
    private String outside(URI server) {
        var port = relay(new InetSocketAddress("127.0.0.1", server.getPort()));
        return "%s://%s:%d%s".formatted(server.getScheme(), cluster.hostAddress(), port, server.getPath());
    }

    NodeCluster cluster() {
        return cluster;
    }

    KubernetesClient client() {
        return client;
    }

    Simulator aws() {
        return aws;
    }

    /// Sends a signal to a Pod's JVM. K3s' image has no `pgrep`.
    void signal(String name, Pod pod) {
        var uid = pod.getMetadata().getUid().replace("-", "[-_]"); // systemd writes the one, others the other
        cluster.onNode(List.of("sh", "-c", """
                for line in $(grep -ls 'dev.acme53.[A]cme53' /proc/[0-9]*/cmdline); do
                    process=$(basename "${line%%/cmdline}")
                    grep -qs '%s' "/proc/$process/cgroup" && kill -%s "$process" && exit
                done
                exit 1
                """.formatted(uid, name)));
    }

    /// Removes a Pod that cannot give the Lease back.
    void kill(Pod pod) {
        signal("KILL", pod);
        client.resource(pod).withGracePeriod(0).delete();
    }

    /// How many orders the CA was asked for and made.
    long ordersAtTheCa() {
        return ca.orders();
    }

    /// Where AWS is, as a field of the chart.
    String whereAwsIs() {
        return """
                extraEnv:
                  - {name: AWS_ENDPOINT_URL_ROUTE_53, value: "%s"}
                  - {name: AWS_ENDPOINT_URL_STS, value: "%s"}
                  # no start with an ahead-of-time cache that does not fit
                  - {name: JAVA_TOOL_OPTIONS, value: -XX:AOTMode=on}
                """.formatted(route53, sts);
    }

    /// Where AWS is, and what users add where no webhook does; fields of the chart.
    String withoutWebhook(String role) {
        return whereAwsIs() + """
                  - {name: AWS_ROLE_ARN, value: "%s"}
                  - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /var/run/secrets/eks.amazonaws.com/serviceaccount/token}
                  - {name: AWS_REGION, value: eu-central-1}
                volumes:
                  - name: aws-iam-token
                    projected:
                      sources:
                        - serviceAccountToken:
                            audience: sts.amazonaws.com
                            expirationSeconds: 86400
                            path: token
                volumeMounts:
                  - name: aws-iam-token
                    mountPath: /var/run/secrets/eks.amazonaws.com/serviceaccount
                    readOnly: true
                """.formatted(role);
    }

    /// An issuer without any credentials of its own; one that is in a namespace is in `default`.
    void issuer(String kind, String name) {
        apply("""
                apiVersion: cert-manager.io/v1
                kind: %s
                metadata: {name: %s%s}
                spec:
                  acme:
                    server: %s
                    caBundle: %s
                    privateKeySecretRef: {name: %s-account}
                    solvers:
                      - dns01:
                          route53: {}
                """.formatted(
                        kind,
                        name,
                        kind.equals("Issuer") ? ", namespace: default" : "",
                        directory,
                        Base64.getEncoder().encodeToString(ca.tlsRoot().getBytes(StandardCharsets.US_ASCII)),
                        name));
    }

    /// By the ClusterIssuer [#ISSUER].
    void certificate(String name) {
        certificate(name, "ClusterIssuer", ISSUER);
    }

    void certificate(String name, String kind, String issuer) {
        apply("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: %s, namespace: default}
                spec:
                  secretName: %s-tls
                  dnsNames: [%s.%s]
                  privateKey: {algorithm: ECDSA}
                  issuerRef: {name: %s, kind: %s}
                """.formatted(name, name, name, ZONE, issuer, kind));
    }

    private void apply(String manifest) {
        client.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> client.resource(item).fieldManager("kubectl").serverSideApply());
    }

    @Override
    public void close() {
        client.close();
        ca.close();
        cluster.close();
        relays.forEach(LoopbackRelay::close);
        aws.close();
    }
}
