package dev.acme53.it.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.acme53.api.Certificate;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Issuer;
import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolesIT {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "")).resolve("deploy");
    private static final String ACME = "acme.cert-manager.io";
    private static final String CORE = "cert-manager.io";

    /// Granted, though this test need not see them called, each for its reason.
    private static final Set<Permission> NOT_SEEN = Set.of(
            // asked for by an admission plugin, not called
            new Permission(CORE, "certificates/finalizers", "update"),
            new Permission(CORE, "certificaterequests/finalizers", "update"),
            new Permission(ACME, "orders/finalizers", "update"),
            // the elector asks whether it may
            new Permission("coordination.k8s.io", "leases", "update"),
            // an object is read again when somebody else changed it while its status was written
            new Permission(CORE, "certificates", "get"),
            new Permission(CORE, "certificaterequests", "get"),
            new Permission(CORE, "issuers", "get"),
            new Permission(CORE, "clusterissuers", "get"),
            new Permission(ACME, "challenges", "get"),
            // an Order is made anew when the CA's chain does not fit the request
            new Permission(ACME, "orders", "delete"));

    private final KubernetesApi kubernetes = TestServers.kubernetes();

    @Test
    void theControllerWorksUnderItsRolesAndTheyGrantNoMoreThanItCalls() throws Exception {
        try (var client = kubernetes.client();
                var namespace = kubernetes.freshNamespace();
                var simulator = Simulator.start(SimulatorSettings.defaults());
                var ca = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress()))) {
            simulator.createZone("example.com");
            for (var file : List.of("namespace.yaml", "rbac.yaml", "user-roles.yaml")) {
                apply(client, Files.readString(FOLDER.resolve(file)));
            }
            try (var controller = start(simulator)) {
                apply(client, issuers(namespace, ca));
                issueTwice(client, namespace);
                awaitLocalIssuer(client, namespace);
                assertThat(controller.stop()).isZero();
                assertThat(controller.log()).doesNotContain("forbid", "Forbidden");
                assertThat(granted()).containsAll(needed(controller));
                var unseen = new HashSet<>(granted());
                unseen.removeAll(needed(controller));
                unseen.removeAll(NOT_SEEN);
                assertThat(unseen).isEmpty();
                assertThat(granted()).containsAll(NOT_SEEN);
            }
        }
    }

    @Test
    void whatARoleLacksIsNamedInTheLog() {
        try (var namespace = kubernetes.freshNamespace();
                var controller = ControllerProcess.as(kubernetes.serviceAccount(namespace.name(), "powerless"))
                        .flags("--leader-elect=false")
                        .now()) {
            controller.awaitLog("the API server forbids a request");
            // which kind is asked for first is not ours to say
            assertThat(controller.log())
                    .containsPattern("forbids a request.*method=\"GET\" path=\"/apis/(acme\\.)?cert-manager");
        }
    }

    private ControllerProcess start(Simulator simulator) {
        var resolver = simulator.dnsAddress();
        var start = ControllerProcess.as(kubernetes.serviceAccount("cert-manager", "acme53"))
                .flags(
                        "--v=5",
                        "--cluster-resource-namespace=cert-manager",
                        "--leader-election-namespace=kube-system",
                        "--dns01-recursive-nameservers=127.0.0.1:" + resolver.getPort(),
                        "--dns01-recursive-nameservers-only");
        simulator.environment().forEach(start::environment);
        return start.ready();
    }

    /// Everything a Certificate's life calls: first issuance, renewal by a user, removal of what was before.
    private static void issueTwice(KubernetesClient client, TestNamespace namespace) {
        apply(client, """
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: good, namespace: %s}
                spec:
                  secretName: good
                  dnsNames: [example.com, "*.example.com"]
                  issuerRef: {name: pebble, kind: ClusterIssuer}
                """.formatted(namespace.name()));
        await().atMost(Duration.ofSeconds(120)).until(() -> revision(client, namespace) == 1);
        var certificates = client.resources(Certificate.class).inNamespace(namespace.name());
        certificates.withName("good").editStatus(certificate -> {
            var status = certificate.statusOrEmpty();
            certificate.setStatus(status.withConditions(Conditions.set(
                    status.conditions(),
                    ConditionTypes.ISSUING,
                    dev.acme53.api.Condition.Status.TRUE,
                    "ManuallyTriggered",
                    "by a test",
                    certificate.getMetadata().getGeneration(),
                    Instant.EPOCH)));
            return certificate;
        });
        await().atMost(Duration.ofSeconds(120)).until(() -> revision(client, namespace) == 2);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.genericKubernetesResources("cert-manager.io/v1", "CertificateRequest")
                                .inNamespace(namespace.name())
                                .list()
                                .getItems()
                                .size()
                        == 1);
    }

    private static void awaitLocalIssuer(KubernetesClient client, TestNamespace namespace) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.resources(Issuer.class)
                        .inNamespace(namespace.name())
                        .withName("local")
                        .get()
                        .hasReady());
    }

    private static long revision(KubernetesClient client, TestNamespace namespace) {
        var status = client.resources(Certificate.class)
                .inNamespace(namespace.name())
                .withName("good")
                .get()
                .statusOrEmpty();
        var revision = status.revision();
        return revision == null || !Conditions.isTrue(status.conditions(), ConditionTypes.READY) ? 0 : revision;
    }

    private static String issuers(TestNamespace namespace, AcmeCa ca) {
        var bundle = Base64.getEncoder().encodeToString(ca.tlsRoot().getBytes(StandardCharsets.US_ASCII));
        var spec = """
                spec:
                  acme:
                    server: %s
                    caBundle: %s
                    privateKeySecretRef: {name: account}
                    solvers:
                    - dns01: {route53: {region: eu-west-1}}
                """.formatted(ca.directory(), bundle);
        return """
                apiVersion: cert-manager.io/v1
                kind: ClusterIssuer
                metadata: {name: pebble}
                """ + spec + """
                ---
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: local, namespace: %s}
                """.formatted(namespace.name()) + spec;
    }

    private static Set<Permission> needed(ControllerProcess controller) {
        var all = new HashSet<>(Permission.neededBy(controller.log()));
        // every authenticated user may ask what it may do
        all.removeIf(permission -> permission.group().equals("authorization.k8s.io"));
        return all;
    }

    private static Set<Permission> granted() throws IOException {
        var all = new HashSet<Permission>();
        try (var objects = new YAMLMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(FOLDER.resolve("rbac.yaml").toFile())) {
            objects.forEachRemaining(object -> {
                if (object.has("rules")) {
                    all.addAll(Permission.grantedBy(object));
                }
            });
        }
        return all;
    }

    private static void apply(KubernetesClient client, String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> client.resource(object)
                        .fieldManager("test")
                        .forceConflicts()
                        .serverSideApply());
    }
}
