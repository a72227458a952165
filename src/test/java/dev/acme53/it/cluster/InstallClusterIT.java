package dev.acme53.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.servers.Helm;
import dev.acme53.servers.Kubectl;
import dev.acme53.sim.Call;
import dev.acme53.sim.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The life of one installation on EKS, as far as one node has it: installed, used, killed, upgraded, removed, and
/// installed again without Helm.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallClusterIT {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path FOLDER = PROJECT.resolve("target/cluster");
    private static final long MIB = 1 << 20;
    static final Duration HANDOVER = Duration.ofSeconds(20);

    /// As users have them on EKS.
    private static final String EKS = """
            crds: {enabled: true}
            serviceAccount:
              annotations:
                eks.amazonaws.com/role-arn: %s
            securityContext:
              fsGroup: 1001
              runAsUser: 1001
            """.formatted(ClusterRig.ROLE);

    private static ClusterRig rig;
    private static Installed installed;
    private static PodLogs logs;
    private static Release release;

    @BeforeAll
    static void start() throws IOException {
        rig = new ClusterRig();
        installed = new Installed(rig.client());
        logs = new PodLogs(rig.client());
        release = new Release(Helm.of(Helm.Major.FOUR, rig.cluster()), "acme53", FOLDER.resolve("values.yaml"));
        Files.createDirectories(FOLDER);
        Files.writeString(release.values(), EKS + rig.whereAwsIs());
        EksWebhook.install(rig.client(), new Kubectl(rig.cluster()), "cert-manager", ClusterRig.NAMESPACE, FOLDER);
    }

    @AfterAll
    static void stop() {
        logs.close();
        rig.close();
    }

    @Test
    @Order(1)
    void helmInstallEndsWithAPodThatIsReady() {
        release.install("--create-namespace");
        var pod = installed.pod();
        assertThat(installed.isReady(pod)).isTrue();
        assertThat(Installed.restarts(pod)).isZero();
        var container = pod.getSpec().getContainers().getFirst();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getLivenessProbe()).isNotNull();
        assertThat(container.getReadinessProbe()).isNotNull();
        assertThat(installed.largestHeap(pod)).isEqualTo(80 * MIB);
    }

    @Test
    @Order(2)
    void theTokenFileIsReadByItsGroupAndNobodyElse() {
        var volumes = "/var/lib/kubelet/pods/" + installed.pod().getMetadata().getUid()
                + "/volumes/kubernetes.io~projected/aws-iam-token/..data/token";
        assertThat(rig.cluster().onNode(List.of("stat", "-c", "%a %g", volumes)).strip())
                .isIn("640 1001", "440 1001");
    }

    @ParameterizedTest
    @Order(2)
    @CsvSource({
        "view, get, certificates.cert-manager.io, true",
        "view, watch, challenges.acme.cert-manager.io, true",
        "view, create, certificates.cert-manager.io, false",
        "edit, create, issuers.cert-manager.io, true",
        "edit, update, certificates.cert-manager.io/status, true",
        "edit, delete, orders.acme.cert-manager.io, true",
        "edit, create, challenges.acme.cert-manager.io, false",
        "admin, list, orders.acme.cert-manager.io, true",
        "admin, patch, certificates.cert-manager.io, true",
        "admin, create, orders.acme.cert-manager.io, false"
    })
    void whoMayViewOrEditANamespaceMayDoSoWithOurKinds(String role, String verb, String kind, boolean may) {
        var users = new Users(rig.client(), "default");
        if (!users.has(role)) {
            users.add(role);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> users.may(role, "get", "certificates.cert-manager.io"));
        assertThat(users.may(role, verb, kind)).isEqualTo(may);
    }

    @Test
    @Order(3)
    void aCertificateIsIssuedByTheRoleOfTheServiceAccount() {
        rig.issuer("ClusterIssuer", ClusterRig.ISSUER);
        rig.certificate("first");
        installed.awaitIssued("first");
        assertThat(rig.aws().calls())
                .filteredOn(call -> call.operation() == Operation.ASSUME_ROLE_WITH_WEB_IDENTITY)
                .extracting(Call::accessKeyId)
                .containsOnly("");
        assertThat(rig.aws().calls())
                .filteredOn(call -> call.operation() == Operation.CHANGE_RESOURCE_RECORD_SETS)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.principal()).contains(":assumed-role/acme53/"));
        nothingIsLeftOver();
    }

    @Test
    @Order(4)
    void anotherPodGoesOnWhenTheLeadersIsKilledInTheMiddle() {
        release.upgrade("--set=replicaCount=3,podDisruptionBudget.enabled=true,resources.limits.memory=512Mi");
        assertThat(installed.largestHeap(installed.pods().getFirst()))
                .as("a quarter of the limit")
                .isEqualTo(128 * MIB);
        await().atMost(HANDOVER).until(() -> !installed.leader().isEmpty());
        var killed = installed.leader();
        var batches = rig.aws().count(Operation.CHANGE_RESOURCE_RECORD_SETS);
        rig.aws().settings().insyncAfter(Duration.ofSeconds(5));
        rig.certificate("meanwhile");
        await().atMost(HANDOVER)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !rig.aws().txtRecords().isEmpty());
        rig.kill(installed.pod(killed));
        assertThat(installed.isIssued("meanwhile")).isFalse();
        await().atMost(HANDOVER).until(() -> installed.isLedByAnother(killed));
        installed.awaitIssued("meanwhile");
        everyCertificateHasOneOrder();
        nothingIsLeftOver();
        assertThat(rig.aws().count(Operation.CHANGE_RESOURCE_RECORD_SETS) - batches)
                .as("one batch makes the record and one removes it; one may be sent twice")
                .isBetween(2L, 3L);
    }

    @Test
    @Order(5)
    void anotherPodGoesOnWithinThreeSecondsWhenTheLeadersIsStopped() {
        var stopped = installed.leader();
        rig.client().resource(installed.pod(stopped)).delete();
        await().atMost(Duration.ofSeconds(3))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> installed.isLedByAnother(stopped));
    }

    @Test
    @Order(6)
    void upgradeAndRollbackUnderLoadLoseAndRepeatNothing() {
        var load = new Load(rig, "helm");
        try (load) {
            release.upgrade("--set=replicaCount=2,podDisruptionBudget.enabled=true,podAnnotations.version=two");
            release.rollback();
        }
        assertThat(installed.pods())
                .hasSize(3)
                .allSatisfy(
                        pod -> assertThat(pod.getMetadata().getAnnotations()).doesNotContainKey("version"));
        assertThat(load.names()).hasSizeGreaterThan(20);
        installed.awaitIssued(load.names().toArray(String[]::new));
        everyCertificateHasOneOrder();
        nothingIsLeftOver();
    }

    @Test
    @Order(7)
    void theRolesForbidNothing() {
        assertThat(logs.texts())
                .filteredOn(text -> text.contains("acme53 starts"))
                .hasSizeGreaterThan(8);
        assertThat(logs.forbidden()).isEmpty();
    }

    @Test
    @Order(8)
    void uninstallLeavesCertificatesAndSecretsAndTheLease() {
        var leader = installed.leader();
        release.uninstall();
        // its roles and its account mostly go before it does, and are gone for the API server some moments later
        await().atMost(HANDOVER)
                .untilAsserted(() -> assertThat(logs.of(leader)).containsAnyOf("Lease not released", "Lease released"));
        assertThat(installed.holder())
                .as("held until it lapses, or free")
                .matches(h -> h.isEmpty() || h.startsWith(leader));
        assertThat(installed.pods()).isEmpty();
        assertThat(installed.isIssued("first")).isTrue();
        assertThat(installed.hasSecret("first-tls")).isTrue();
        logs.forget();
    }

    @Test
    @Order(9)
    void besideAnotherItProvesChallengesAndLeavesAllElseToThatOne() throws IOException {
        new Beside(rig, installed, logs).prove(FOLDER);
        everyCertificateHasOneOrder();
        logs.forget();
    }

    @Test
    @Order(10)
    void theDeployFolderDoesTheSameByKubectl() throws IOException {
        new ByKubectl(rig, installed, FOLDER).prove();
        assertThat(logs.forbidden()).isEmpty();
    }

    private static void everyCertificateHasOneOrder() {
        installed.everyCertificateHasOneOrder(rig.ordersAtTheCa());
    }

    private static void nothingIsLeftOver() {
        installed.awaitNoRecords(rig.aws());
    }
}
