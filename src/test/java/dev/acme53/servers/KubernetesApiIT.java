package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KubernetesApiIT {
    @Test
    void kubernetesStartsAnswersStopsAndLeavesNoProcess() throws Exception {
        var kubernetes = TestServers.newKubernetes();
        var processes = LocalProcesses.of(kubernetes);
        var config = kubernetes.config();
        try (var client = kubernetes.client()) {
            assertThat(client.getKubernetesVersion().getGitVersion()).startsWith("v1.");
            assertThat(Config.fromKubeconfig(Files.readString(kubernetes.kubeconfig()))
                            .getMasterUrl())
                    .isEqualTo(config.getMasterUrl());
        } finally {
            kubernetes.close();
        }
        assertThat(processes).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
        try (var client = KubernetesApi.client(
                new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build())) {
            assertThatThrownBy(client::getKubernetesVersion).isInstanceOf(KubernetesClientException.class);
        }
    }

    @Test
    void anOwnedObjectGoesWithItsOwner() {
        try (var client = TestServers.kubernetes().client();
                var namespace = TestServers.kubernetes().freshNamespace()) {
            var owner = client.resource(configMap(namespace, "owner")).create();
            client.resource(new ConfigMapBuilder(configMap(namespace, "owned"))
                            .editMetadata()
                            .addNewOwnerReference()
                            .withApiVersion("v1")
                            .withKind("ConfigMap")
                            .withName("owner")
                            .withUid(owner.getMetadata().getUid())
                            .endOwnerReference()
                            .endMetadata()
                            .build())
                    .create();
            client.resource(owner).delete();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.configMaps()
                                    .inNamespace(namespace.name())
                                    .withName("owned")
                                    .get()
                            == null);
        }
    }

    @Test
    void aClosedNamespaceGoesEvenWhenAnObjectInItHasAFinalizer() {
        String name;
        try (var client = TestServers.kubernetes().client()) {
            try (var namespace = TestServers.kubernetes().freshNamespace()) {
                name = namespace.name();
                client.load(new ByteArrayInputStream("""
                                apiVersion: cert-manager.io/v1
                                kind: Certificate
                                metadata:
                                  namespace: %s
                                  name: held
                                  finalizers: [acme53.dev/nobody-takes-it-off]
                                spec:
                                  secretName: held
                                  dnsNames: [example.com]
                                  issuerRef:
                                    name: none
                                """.formatted(name).getBytes(StandardCharsets.UTF_8)))
                        .create();
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client.namespaces().withName(name).get() == null);
        }
    }

    @Test
    void aServiceAccountMayDoOnlyWhatItsRolesSay() {
        var kubernetes = TestServers.kubernetes();
        try (var namespace = kubernetes.freshNamespace();
                var client = KubernetesApi.client(kubernetes.serviceAccount(namespace.name(), "reader"))) {
            var configMaps = client.configMaps().inNamespace(namespace.name());
            assertForbidden(configMaps::list);
        }
    }

    @Test
    void aUserIsAllowedByTheGroupsItIsIn() {
        var kubernetes = TestServers.kubernetes();
        try (var namespace = kubernetes.freshNamespace();
                var admin = kubernetes.client();
                var outside = KubernetesApi.client(kubernetes.as("jane"));
                var inside = KubernetesApi.client(kubernetes.as("jane", "viewers-" + namespace.name()))) {
            var binding = admin.resource(new ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName(namespace.name())
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "view")
                            .addNewSubject("rbac.authorization.k8s.io", "Group", "viewers-" + namespace.name(), null)
                            .build())
                    .create();
            try {
                await().atMost(Duration.ofSeconds(10))
                        .ignoreExceptions()
                        .until(() -> inside.configMaps()
                                        .inNamespace(namespace.name())
                                        .list()
                                != null);
                assertForbidden(
                        () -> outside.configMaps().inNamespace(namespace.name()).list());
            } finally {
                admin.resource(binding).delete();
            }
        }
    }

    private static io.fabric8.kubernetes.api.model.ConfigMap configMap(TestNamespace namespace, String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace.name())
                .withName(name)
                .endMetadata()
                .build();
    }

    private static void assertForbidden(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403));
    }
}
