package dev.acme53.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.Helm;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.ServerBinaries;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// One release after the other on one cluster of its own, without nodes: so nothing waits for Pods.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReleaseIT {
    private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
    private static final String CHART = PROJECT.resolve("helm/acme53").toString();
    private static final PatchContext DRY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("helm")
            .withDryRun(List.of("All"))
            .build();
    private static final String CERTIFICATE = """
            apiVersion: cert-manager.io/v1
            kind: Certificate
            metadata: {name: www, namespace: default}
            spec:
              secretName: www
              dnsNames: [www.example.com]
              issuerRef: {name: letsencrypt}
            """;
    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata:
              name: www
              namespace: default
              annotations: {cert-manager.io/certificate-name: www}
            data: {tls.crt: "", tls.key: ""}
            type: kubernetes.io/tls
            """;

    private static KubernetesApi cluster;
    private static KubernetesClient client;
    private static Helm helm;

    @BeforeAll
    static void start() {
        cluster = TestServers.newKubernetes();
        var config = cluster.config();
        config.setNamespace("cert-manager"); // of objects that name none
        client = KubernetesApi.client(config);
        helm = Helm.of(Helm.Major.FOUR, cluster);
    }

    @AfterAll
    static void stop() {
        client.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void withoutCustomResourceDefinitionsTheNotesSayWhatIsMissing() {
        var notes = helm(
                "install",
                "acme53",
                "--create-namespace",
                "--set=webhook.replicaCount=3,cainjector.enabled=false",
                "--set=ingressShim.defaultIssuerKind=ClusterIssuer,featureGates=ServerSideApply=true");
        assertThat(notes)
                .contains("The CustomResourceDefinitions are not there", "No image is published")
                .containsOnlyOnce("webhook, cainjector, ingressShim, featureGates.")
                .contains("It acts while it holds the Lease kube-system/cert-manager-controller.")
                .contains("Its ServiceAccount is cert-manager/cert-manager");
        helm("uninstall", "acme53");
    }

    @Test
    @Order(2)
    void installMakesWhatTheControllerNeeds() {
        var notes = helm(
                "install",
                "acme53",
                "--set=crds.enabled=true,image.repository=registry.example.com/acme53,image.tag=v1",
                "--set=securityContext.fsGroup=1001,securityContext.runAsUser=1001",
                "--set=serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn=arn:aws:iam::111122223333:role/dns");
        assertThat(notes).doesNotContain("not there", "No image", "no effect");
        var pod = ChartDeployment.of(client).getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers().getFirst().getImage()).isEqualTo("registry.example.com/acme53:v1");
        assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(1001);
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getServiceAccountName()).isEqualTo("cert-manager");
        assertThat(client.serviceAccounts()
                        .inNamespace("cert-manager")
                        .withName("cert-manager")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry("eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/dns");
        assertThat(crds()).hasSize(6);
        client.resource(CERTIFICATE).create();
        client.resource(SECRET).create();
    }

    @Test
    @Order(3)
    void upgradeAndRollbackChangeTheDeploymentAndNothingOfTheUsers() {
        helm(
                "upgrade",
                "acme53",
                "--reuse-values",
                "--set=replicaCount=3,image.tag=v2",
                "--set=podDisruptionBudget.enabled=true");
        assertThat(ChartDeployment.of(client).getSpec().getReplicas()).isEqualTo(3);
        assertThat(budgets()).hasSize(1);
        helm.run(List.of("rollback", "acme53", "1", "--namespace=cert-manager")).success();
        assertThat(ChartDeployment.of(client).getSpec().getReplicas()).isEqualTo(1);
        assertThat(ChartDeployment.image(client)).endsWith(":v1");
        assertThat(budgets()).isEmpty();
        theUsersObjectsAreThere();
    }

    @Test
    @Order(4)
    void uninstallLeavesCustomResourceDefinitionsCertificatesAndSecrets() {
        assertThat(helm("uninstall", "acme53"))
                .contains("kept due to the resource policy", "certificates.cert-manager.io");
        assertThat(client.apps()
                        .deployments()
                        .inNamespace("cert-manager")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(client.rbac().clusterRoles().list().getItems())
                .extracting(role -> role.getMetadata().getName())
                .noneMatch(name -> name.startsWith("acme53"));
        assertThat(crds()).hasSize(6);
        theUsersObjectsAreThere();
    }

    @Test
    @Order(5)
    void theSameReleaseTakesUpWhatItLeft() {
        helm("install", "acme53", "--set=crds.enabled=true");
        theUsersObjectsAreThere();
        helm("uninstall", "acme53");
    }

    @Test
    @Order(6)
    void aReleaseOfAnotherNameTakesCustomResourceDefinitionsOverOnlyWhenToldTo() {
        var refused = helm.run(arguments("install", "tls", "--set=crds.enabled=true"));
        assertThat(refused.code()).isNotZero();
        assertThat(refused.errors())
                .containsPattern("CustomResourceDefinition .* exists and cannot be imported into the current release");
        helm("install", "tls", "--set=crds.enabled=true", "--take-ownership");
        assertThat(crds())
                .allSatisfy(crd -> assertThat(crd.getMetadata().getAnnotations())
                        .containsEntry("meta.helm.sh/release-name", "tls")
                        .containsEntry("helm.sh/resource-policy", "keep"));
        theUsersObjectsAreThere();
        helm("uninstall", "tls");
        theUsersObjectsAreThere();
    }

    @Test
    @Order(7)
    void aReleaseOfHelm3GoesOnWithHelm4() {
        var before = Helm.of(Helm.Major.THREE, cluster);
        before.run(arguments("install", "acme53", "--set=crds.enabled=true,image.tag=v1", "--take-ownership"))
                .success();
        before.run(arguments("upgrade", "acme53", "--reset-then-reuse-values", "--set=replicaCount=3"))
                .success();
        assertThat(ChartDeployment.of(client).getSpec().getReplicas()).isEqualTo(3);
        before.run(List.of("rollback", "acme53", "1", "--namespace=cert-manager"))
                .success();
        assertThat(ChartDeployment.of(client).getSpec().getReplicas()).isEqualTo(1);
        helm("upgrade", "acme53", "--reset-then-reuse-values", "--set=replicaCount=2");
        assertThat(ChartDeployment.of(client).getSpec().getReplicas()).isEqualTo(2);
        assertThat(ChartDeployment.image(client)).endsWith(":v1");
        before.run(arguments("uninstall", "acme53")).success();
        assertThat(crds()).hasSize(6);
        theUsersObjectsAreThere();
    }

    @Test
    @Order(8)
    void whatIsInTheWayIsNamed() {
        helm("install", "first");
        var account = helm.run(arguments("install", "second"));
        assertThat(account.errors())
                .contains(
                        "ServiceAccount \"cert-manager\" in namespace \"cert-manager\" exists and cannot be imported");
        helm("uninstall", "first");
        var small = helm.run(arguments("install", "small", "--set=resources.limits.memory=128Mi"));
        assertThat(small.errors())
                .contains("resources.requests: Invalid value: \"192Mi\": must be less than or equal to memory limit");
        helm("uninstall", "small");
    }

    @Test
    @Order(9)
    void theApiServerTakesEveryObjectOfTheGoldenFiles() throws IOException {
        cluster.apply(ServerBinaries.prometheusOperatorKinds());
        for (var namespace : List.of("pki", "team-a", "monitoring")) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        try (var sets = Files.list(PROJECT.resolve("src/test/resources/chart"))) {
            assertThat(sets).hasSizeGreaterThan(11).allSatisfy(set -> {
                var objects = Files.readString(set.resolve("golden.yaml")).split("(?m)^---\n");
                assertThat(objects)
                        .hasSizeGreaterThan(1)
                        .filteredOn(text -> !text.isBlank())
                        .allSatisfy(text ->
                                assertThat(client.resource(text).patch(DRY)).isNotNull());
            });
        }
    }

    private static void theUsersObjectsAreThere() {
        assertThat(client.resource(CERTIFICATE).get().getMetadata().getDeletionTimestamp())
                .isNull();
        assertThat(client.resource(SECRET).get().getMetadata().getDeletionTimestamp())
                .isNull();
    }

    private static List<? extends HasMetadata> budgets() {
        return client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("cert-manager")
                .list()
                .getItems();
    }

    private static List<? extends HasMetadata> crds() {
        return client.apiextensions().v1().customResourceDefinitions().list().getItems();
    }

    private static String helm(String command, String release, String... more) {
        return helm.run(arguments(command, release, more)).success();
    }

    private static List<String> arguments(String command, String release, String... more) {
        var arguments = new ArrayList<>(List.of(command, release));
        if (!command.equals("uninstall")) {
            arguments.add(CHART);
        }
        arguments.add("--namespace=cert-manager");
        Stream.of(more).forEach(arguments::add);
        return arguments;
    }
}
