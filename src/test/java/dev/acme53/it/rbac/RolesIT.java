package dev.acme53.it.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Issuer;
import dev.acme53.api.Order;
import dev.acme53.fixture.DeployFolder;
import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesIT {
    private static final String ACME = "acme.cert-manager.io";
    private static final String CORE = "cert-manager.io";
    private static final String RBAC = "rbac.authorization.k8s.io";

    /// Asked for by an admission plugin, which the audit log does not show.
    private static final Set<Permission> OF_ADMISSION = Set.of(
            new Permission(CORE, "certificates/finalizers", "update"),
            new Permission(CORE, "certificaterequests/finalizers", "update"),
            new Permission(ACME, "orders/finalizers", "update"));

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
            var calls = new Calls(kubernetes, "cert-manager", folder);
            try (var controller = start(simulator, "cert-manager", folder)) {
                apply(client, issuers(namespace, ca));
                issue(client, namespace, "ClusterIssuer", "pebble");
                renew(client, namespace);
                awaitIssuer(client, namespace, "local");
                outrun(client, namespace, ca, calls);
                remake(client, namespace, controller, calls);
                assertThat(controller.stop()).isZero();
                assertThat(calls.refused(namespace)).isEmpty();
                var used = new HashSet<>(calls.used());
                used.addAll(OF_ADMISSION);
                assertThat(used).isEqualTo(granted(folder));
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
            var calls = new Calls(kubernetes, namespace.name(), folder);
            try (var controller = start(simulator, namespace.name(), folder, "--issuer-ambient-credentials")) {
                apply(client, issuer("Issuer", "local", namespace, ca));
                issue(client, namespace, "Issuer", "local");
                assertThat(controller.stop()).isZero();
                assertThat(calls.refused(namespace)).isEmpty();
                assertThat(granted(folder)).containsAll(calls.used());
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

    /// The same plugin that the controller's rights to finalizers are for.
    @ParameterizedTest
    @CsvSource({
        "cert-manager.io/v1,Certificate",
        "cert-manager.io/v1,CertificateRequest",
        "acme.cert-manager.io/v1,Order"
    })
    void whatBlocksItsOwnersDeletionIsMadeUnderTheRightToTheOwnersFinalizers(String version, String kind) {
        var role = DeployFolder.with().ofKind("ClusterRole").getFirst();
        var withoutFinalizers = role.deepCopy();
        for (var rules = withoutFinalizers.get("rules").elements(); rules.hasNext(); ) {
            if (rules.next().get("resources").toString().contains("/finalizers")) {
                rules.remove();
            }
        }
        try (var client = kubernetes.client();
                var namespace = kubernetes.freshNamespace()) {
            assertThat(ownedBy(version, kind, client, namespace, role, "all")).isEmpty();
            assertThat(ownedBy(version, kind, client, namespace, withoutFinalizers, "less"))
                    .contains("cannot set blockOwnerDeletion");
        }
    }

    /// Tries to make a Secret as somebody with the rules of `role`; why not, if not.
    private String ownedBy(
            String version, String kind, KubernetesClient admin, TestNamespace namespace, JsonNode role, String user) {
        apply(admin, """
                apiVersion: %s/v1
                kind: Role
                metadata: {name: %s, namespace: %s}
                rules: %s
                ---
                apiVersion: %s/v1
                kind: RoleBinding
                metadata: {name: %s, namespace: %s}
                roleRef: {apiGroup: %s, kind: Role, name: %s}
                subjects: [{apiGroup: %s, kind: User, name: %s}]
                """.formatted(
                        RBAC, user, namespace, role.get("rules"), RBAC, user, namespace, RBAC, user, RBAC, user));
        try (var somebody = KubernetesApi.client(kubernetes.as(user))) {
            somebody.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace.name())
                            .withName(user)
                            .addNewOwnerReference()
                            .withApiVersion(version)
                            .withKind(kind)
                            .withName("owner")
                            .withUid("00000000-0000-0000-0000-000000000000")
                            .withController(true)
                            .withBlockOwnerDeletion(true)
                            .endOwnerReference()
                            .endMetadata()
                            .build())
                    .dryRun()
                    .create();
            return "";
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static ControllerProcess start(Simulator simulator, String namespace, DeployFolder folder, String... more) {
        var resolver = simulator.dnsAddress();
        var flags = Stream.concat(
                folder.arguments().stream(),
                Stream.of(
                        "--dns01-recursive-nameservers=127.0.0.1:" + resolver.getPort(),
                        "--dns01-recursive-nameservers-only"));
        var start = ControllerProcess.as(TestServers.kubernetes().serviceAccount(namespace, folder.account()))
                .flags(Stream.concat(flags, Arrays.stream(more)).toArray(String[]::new));
        simulator.environment().forEach(start::environment);
        return start.ready();
    }

    static void issue(KubernetesClient client, TestNamespace namespace, String kind, String issuer) {
        issue(client, namespace, kind, issuer, "good");
    }

    private static void issue(
            KubernetesClient client, TestNamespace namespace, String kind, String issuer, String name) {
        request(client, namespace, kind, issuer, name);
        await().atMost(Duration.ofSeconds(120)).until(() -> revision(client, namespace, name) == 1);
    }

    private static void request(
            KubernetesClient client, TestNamespace namespace, String kind, String issuer, String name) {
        apply(client, """
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: %s, namespace: %s}
                spec:
                  secretName: %s
                  dnsNames: [example.com, "*.example.com"]
                  issuerRef: {name: %s, kind: %s}
                """.formatted(name, namespace.name(), name, issuer, kind));
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
        await().atMost(Duration.ofSeconds(120)).until(() -> revision(client, namespace, "good") == 2);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.genericKubernetesResources("cert-manager.io/v1", "CertificateRequest")
                                .inNamespace(namespace.name())
                                .list()
                                .getItems()
                                .size()
                        == 1);
    }

    /// Somebody else writes whenever the controller is about to, until it has read each kind again.
    private static void outrun(KubernetesClient client, TestNamespace namespace, AcmeCa ca, Calls calls)
            throws InterruptedException {
        var reads = Stream.of("certificates", "certificaterequests", "issuers", "clusterissuers")
                .map(resource -> new Permission(CORE, resource, "get"))
                .collect(Collectors.toCollection(HashSet::new));
        reads.add(new Permission(ACME, "challenges", "get"));
        for (var round = 0; round < 10 && !calls.used().containsAll(reads); round++) {
            try (var _ = new Stir(
                    client,
                    namespace.name(),
                    List.of(
                            Certificate.class,
                            CertificateRequest.class,
                            Challenge.class,
                            Issuer.class,
                            ClusterIssuer.class))) {
                for (var again = 0; again < 5; again++) {
                    apply(client, issuer("Issuer", "stirred", namespace, ca));
                    awaitIssuer(client, namespace, "stirred");
                    client.resources(Issuer.class)
                            .inNamespace(namespace.name())
                            .withName("stirred")
                            .delete();
                }
                apply(client, issuer("ClusterIssuer", "stirred", namespace, ca));
                issue(client, namespace, "ClusterIssuer", "stirred", "stirred-" + round);
            } finally {
                client.resources(ClusterIssuer.class).withName("stirred").delete();
            }
        }
        assertThat(calls.used()).containsAll(reads);
    }

    /// An Order has a chain that nobody asked for, and is made anew.
    private static void remake(
            KubernetesClient client, TestNamespace namespace, ControllerProcess controller, Calls calls) {
        request(client, namespace, "ClusterIssuer", "pebble", "remade");
        var orders = client.resources(Order.class).inNamespace(namespace.name());
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> orders.list().getItems().stream().anyMatch(RolesIT::isToBeRemade));
        controller.freeze();
        var order = orders.list().getItems().stream()
                .filter(RolesIT::isToBeRemade)
                .findFirst()
                .orElseThrow();
        orders.withName(order.getMetadata().getName())
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"state\": \"valid\", \"certificate\": \"c29tZWJvZHkgZWxzZSdz\"}}");
        controller.thaw();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> calls.used().contains(new Permission(ACME, "orders", "delete")));
    }

    private static boolean isToBeRemade(Order order) {
        return order.getMetadata().getName().startsWith("remade-");
    }

    private static void awaitIssuer(KubernetesClient client, TestNamespace namespace, String name) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.resources(Issuer.class)
                        .inNamespace(namespace.name())
                        .withName(name)
                        .get()
                        .hasReady());
    }

    private static long revision(KubernetesClient client, TestNamespace namespace, String name) {
        var status = client.resources(Certificate.class)
                .inNamespace(namespace.name())
                .withName(name)
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
}
