package dev.acme53.it.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acme53.fixture.DeployFolder;
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
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesIT {
    static final String ACME = "acme.cert-manager.io";
    static final String CORE = "cert-manager.io";
    private static final String RBAC = "rbac.authorization.k8s.io";

    /// Asked for by an admission plugin, which the audit log does not show.
    private static final Set<Permission> OF_ADMISSION = Set.of(
            new Permission(CORE, "certificates/finalizers", "update"),
            new Permission(CORE, "certificaterequests/finalizers", "update"),
            new Permission(ACME, "orders/finalizers", "update"));

    private final KubernetesApi kubernetes = TestServers.kubernetes();

    @Test
    void theControllerWorksUnderItsRolesAndTheyGrantNoMoreThanItCalls() throws Exception {
        try (var namespace = kubernetes.freshNamespace()) {
            livesUnderItsRoles(DeployFolder.with(), "cert-manager", namespace, "ClusterIssuer");
        }
    }

    @Test
    void inOneNamespaceTheControllerWorksUnderRolesOfThatNamespaceAndTheyGrantNoMoreThanItCalls() throws Exception {
        try (var namespace = kubernetes.freshNamespace()) {
            var folder = DeployFolder.with("one-namespace").in(namespace.name());
            livesUnderItsRoles(folder, namespace.name(), namespace, "Issuer", "--issuer-ambient-credentials");
        }
    }

    /// @param home of the controller
    /// @param kind of issuer that Certificates name
    private void livesUnderItsRoles(
            DeployFolder folder, String home, TestNamespace namespace, String kind, String... flags) throws Exception {
        try (var client = kubernetes.client();
                var simulator = Simulator.start(SimulatorSettings.defaults());
                var ca = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress()))) {
            simulator.createZone("example.com");
            apply(client, folder);
            var calls = new Calls(kubernetes, home, folder);
            try (var controller = start(simulator, home, folder, flags);
                    var life = new Life(client, namespace, ca, kind, calls)) {
                life.whole(controller);
                assertThat(controller.stop()).isZero();
                assertThat(calls.refused(namespace)).isEmpty();
                var used = new HashSet<>(calls.used());
                used.addAll(OF_ADMISSION);
                assertThat(used).isEqualTo(granted(folder));
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
            controller.awaitLog("acme53 stopped");
            assertThat(controller.log().lines()).as("no line is a stack's").allMatch(line -> line.startsWith("20"));
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
