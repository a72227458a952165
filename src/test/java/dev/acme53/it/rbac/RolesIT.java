package dev.acme53.it.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Certificate;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Issuer;
import dev.acme53.fixture.DeployFolder;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RolesIT {
    private static final String ACME = "acme.cert-manager.io";
    private static final String CORE = "cert-manager.io";

    /// Granted, though this test need not see them called, each for its reason.
    private static final Set<Permission> NOT_SEEN = Set.of(
            // asked for by an admission plugin, not called
            new Permission(CORE, "certificates/finalizers", "update"),
            new Permission(CORE, "certificaterequests/finalizers", "update"),
            new Permission(ACME, "orders/finalizers", "update"),
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
            var folder = DeployFolder.with();
            apply(client, folder);
            try (var controller = start(simulator, "cert-manager", folder)) {
                apply(client, issuers(namespace, ca));
                issue(client, namespace, "ClusterIssuer", "pebble");
                renew(client, namespace);
                awaitLocalIssuer(client, namespace);
                assertThat(controller.stop()).isZero();
                assertThat(forbidden(controller, namespace)).isEmpty();
                var granted = granted(folder);
                assertThat(granted).containsAll(needed(controller));
                var unseen = new HashSet<>(granted);
                unseen.removeAll(needed(controller));
                unseen.removeAll(NOT_SEEN);
                assertThat(unseen).isEmpty();
                assertThat(granted).containsAll(NOT_SEEN);
            } finally {
                client.resources(ClusterIssuer.class).withName("pebble").delete();
            }
        }
    }

    @Test
    void inOneNamespaceTheControllerWorksUnderRolesOfThatNamespaceAlone() throws Exception {
        try (var client = kubernetes.client();
                var namespace = kubernetes.freshNamespace();
                var simulator = Simulator.start(SimulatorSettings.defaults());
                var ca = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress()))) {
            simulator.createZone("example.com");
            var folder = DeployFolder.with("one-namespace").in(namespace.name());
            apply(client, folder);
            try (var controller = start(simulator, namespace.name(), folder, "--issuer-ambient-credentials")) {
                apply(client, issuer("Issuer", "local", namespace, ca));
                issue(client, namespace, "Issuer", "local");
                assertThat(controller.stop()).isZero();
                assertThat(forbidden(controller, namespace)).isEmpty();
                assertThat(granted(folder)).containsAll(needed(controller));
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

    static ControllerProcess start(Simulator simulator, String namespace, DeployFolder folder, String... more) {
        var resolver = simulator.dnsAddress();
        var flags = Stream.concat(
                // this test reads the log as text
                folder.arguments().stream().filter(flag -> !flag.startsWith("--logging-format")),
                Stream.of(
                        "--v=5",
                        "--dns01-recursive-nameservers=127.0.0.1:" + resolver.getPort(),
                        "--dns01-recursive-nameservers-only"));
        var start = ControllerProcess.as(TestServers.kubernetes().serviceAccount(namespace, folder.account()))
                .flags(Stream.concat(flags, Arrays.stream(more)).toArray(String[]::new));
        simulator.environment().forEach(start::environment);
        return start.ready();
    }

    static void issue(KubernetesClient client, TestNamespace namespace, String kind, String issuer) {
        apply(client, """
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: good, namespace: %s}
                spec:
                  secretName: good
                  dnsNames: [example.com, "*.example.com"]
                  issuerRef: {name: %s, kind: %s}
                """.formatted(namespace.name(), issuer, kind));
        await().atMost(Duration.ofSeconds(120)).until(() -> revision(client, namespace) == 1);
    }

    /// The rest of what a Certificate's life calls: renewal by a user, removal of what was before.
    private static void renew(KubernetesClient client, TestNamespace namespace) {
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
        return issuer("ClusterIssuer", "pebble", namespace, ca) + "---\n" + issuer("Issuer", "local", namespace, ca);
    }

    static String issuer(String kind, String name, TestNamespace namespace, AcmeCa ca) {
        var bundle = Base64.getEncoder().encodeToString(ca.tlsRoot().getBytes(StandardCharsets.US_ASCII));
        return """
                apiVersion: cert-manager.io/v1
                kind: %s
                metadata: {name: %s%s}
                spec:
                  acme:
                    server: %s
                    caBundle: %s
                    privateKeySecretRef: {name: account}
                    solvers:
                    - dns01: {route53: {region: eu-west-1}}
                """.formatted(
                kind, name, kind.equals("Issuer") ? ", namespace: " + namespace.name() : "", ca.directory(), bundle);
    }

    static Set<Permission> needed(ControllerProcess controller) {
        var all = new HashSet<>(Permission.neededBy(controller.log()));
        // every authenticated user may ask what it may do
        all.removeIf(permission -> permission.group().equals("authorization.k8s.io"));
        return all;
    }

    /// To the controller; what users are granted is another matter.
    static Set<Permission> granted(DeployFolder folder) {
        var bound = Stream.of("ClusterRoleBinding", "RoleBinding")
                .flatMap(kind -> folder.ofKind(kind).stream())
                .map(binding -> binding.at("/roleRef/name").asText())
                .toList();
        return Stream.of("ClusterRole", "Role")
                .flatMap(kind -> folder.ofKind(kind).stream())
                .filter(role -> bound.contains(role.at("/metadata/name").asText()))
                .flatMap(role -> Permission.grantedBy(role).stream())
                .collect(Collectors.toSet());
    }

    /// All but the Deployment: the controller is a process of this test.
    static void apply(KubernetesClient client, DeployFolder folder) {
        folder.objects().stream()
                .filter(object -> !object.at("/kind").asText().equals("Deployment"))
                .forEach(object -> apply(client, object.toString()));
    }

    static void apply(KubernetesClient client, String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> client.resource(object)
                        .fieldManager("test")
                        .forceConflicts()
                        .serverSideApply());
    }

    /// Lines about requests that were forbidden, less those about namespaces of other tests: one may be about to
    /// go, so that nothing can be made in it, or have issuers with accounts that are none of this test's.
    static List<String> forbidden(ControllerProcess controller, TestNamespace own) {
        return controller
                .log()
                .lines()
                .filter(line -> line.contains("forbid") || line.contains("Forbidden"))
                .filter(line -> line.contains(own.name())
                        || !TestNamespace.NAME.matcher(line).find())
                .toList();
    }
}
