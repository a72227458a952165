package dev.acme53.it.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.servers.ThreadDump;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartIT {
    private static final Path CRDS = Path.of(System.getProperty("basedir", "")).resolve("crds");

    /// With the times that the peer has for its Lease.
    @Test
    void itStartsHoldsItsLeaseForAsLongAsFlagsSayAndEndsWithZeroOnSigterm() {
        try (var client = TestServers.kubernetes().client();
                var controller = ControllerProcess.with(TestServers.kubernetes())
                        .flags(
                                "--leader-election-lease-duration=60s",
                                "--leader-election-renew-deadline=40s",
                                "--leader-election-retry-period=15s")
                        .ready()) {
            controller.awaitLog("this instance leads");
            var lease = client.leases().inNamespace("kube-system").withName("cert-manager-controller");
            assertThat(lease.get().getSpec().getLeaseDurationSeconds()).isEqualTo(60);
            assertThat(controller.health("/livez?verbose"))
                    .isEqualTo("[+]leaderElection ok\n[+]clockHealth ok\nlivez check passed\n");
            assertThat(controller.health("/livez")).isEqualTo("ok");
            assertThat(controller.health("/readyz")).isEqualTo("ok");
            assertThat(controller.status("/livez/clockHealth")).isEqualTo(200);
            assertThat(controller.status("/livez/nothing")).isEqualTo(404);
            assertThat(controller.status("/livezz")).isEqualTo(404);
            assertTheStatusPageIsAtItsOwnPortAlone(controller);
            assertThat(controller.stop()).isZero();
            assertThat(controller.log())
                    .contains("acme53 starts", "acme53 stopped")
                    .doesNotContain("WARN", "ERROR");
            lease.delete();
        }
    }

    /// Whoever may scrape or probe is not to see the objects of all tenants.
    private static void assertTheStatusPageIsAtItsOwnPortAlone(ControllerProcess controller) {
        var title = "<h1>acme53</h1>";
        assertThat(controller.statusPage("")).contains(title);
        for (var path : List.of("/", "/?namespace=default", "/index.html", "/status")) {
            assertThat(controller.status(path)).as("health " + path).isEqualTo(404);
            assertThat(ControllerProcess.get(controller.metricsAddress().resolve(path)))
                    .as("metrics " + path)
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(404))
                    .satisfies(answer -> assertThat(answer.body()).doesNotContain(title));
        }
    }

    @Test
    void withoutCrdsItSaysHowToInstallThemAndStartsByItselfOnceTheyAreThere() {
        try (KubernetesApi kubernetes = TestServers.newKubernetes();
                var controller = ControllerProcess.with(kubernetes)
                        .flags("--leader-elect=false")
                        .now()) {
            controller.awaitLog("kubectl apply --server-side -f crds/");
            assertThat(controller.log()).contains("certificates.cert-manager.io", "challenges.acme.cert-manager.io");
            assertThat(controller.status("/livez")).isEqualTo(200);
            assertThat(controller.status("/readyz")).isEqualTo(500);
            assertThat(controller.health("/readyz")).contains("kubectl apply --server-side -f crds/");
            kubernetes.apply(CRDS);
            controller.awaitReady();
            assertThat(controller.log().lines().filter(line -> line.contains("kubectl apply")))
                    .hasSize(1);
            assertThat(controller.stop()).isZero();
        }
    }

    @Test
    void aPortThatIsTakenEndsItWithOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var controller = ControllerProcess.with(TestServers.kubernetes())
                        .flags("--metrics-listen-address=127.0.0.1:" + taken.getLocalPort())
                        .now()) {
            assertThat(controller.awaitEnd()).isEqualTo(1);
            assertThat(controller.log())
                    .contains("acme53: --metrics-listen-address=127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use");
        }
    }

    @Test
    void anApiServerThatDoesNotAnswerIsNamedOnceAndWaitedFor(@TempDir Path folder) throws Exception {
        var nowhere = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: a, cluster: {server: "http://127.0.0.1:1"}}]
                contexts: [{name: a, context: {cluster: a, user: a}}]
                users: [{name: a, user: {}}]
                current-context: a
                """);
        try (var controller =
                ControllerProcess.bare().flags("--kubeconfig=" + nowhere).now()) {
            controller.awaitLog("the API server at http://127.0.0.1:1/ does not answer as it should");
            assertThat(controller.status("/livez")).isEqualTo(200);
            assertThat(controller.status("/readyz")).isEqualTo(500);
            assertThat(controller.stop()).isZero();
        }
    }

    @Test
    void flagsWithoutEffectAreNamedOnceEachAndAnEmptyAddressMeansNoStatusPage() {
        try (var controller = ControllerProcess.with(TestServers.kubernetes())
                .flags(
                        "--leader-elect=false",
                        "--logging-format=json",
                        "--acme-http01-solver-image=x",
                        "--concurrent-workers=10",
                        "--status-page-address=",
                        "--feature-gates=ListenerSets=true")
                .ready()) {
            assertThat(controller.log().lines().filter(line -> line.contains("this flag has no effect here")))
                    .hasSize(3)
                    .allMatch(line -> line.startsWith("{\"ts\":\"") && line.endsWith("\"}"));
            assertThatThrownBy(() -> controller.statusPage("")).hasCauseInstanceOf(ConnectException.class);
            assertThat(ThreadDump.of(controller.pid()).threads())
                    .filteredOn(thread -> thread.isIn("ServerImpl$Dispatcher"))
                    .as("servers: metrics and health, and none at another port")
                    .hasSize(2);
            assertThat(controller.metrics()).contains("\nacme53_leader 1\n");
            assertThat(controller.stop()).isZero();
        }
    }

    static List<List<String>> refusals() {
        return List.of(
                List.of("--v=x", "acme53: --v=x: not a whole number"),
                List.of("--nonsense=1", "acme53: unknown flag: --nonsense=1"),
                List.of("nonsense", "acme53: unexpected argument: nonsense"),
                List.of("--kubeconfig=/nowhere", "acme53: --kubeconfig=/nowhere: no such file, or not readable"),
                List.of(
                        "--v=2",
                        "acme53: --kubeconfig is needed outside a cluster: this is no Pod with a service account"),
                List.of(
                        "--controllers=-certificates-trigger",
                        "acme53: --controllers=-certificates-trigger: these controllers are one stage here and can only"
                                + " be switched together: certificates-issuing, certificates-key-manager,"
                                + " certificates-readiness, certificates-request-manager,"
                                + " certificates-revision-manager, certificates-trigger"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aFlagThatCannotBeUsedEndsItWithOneLine(List<String> row) {
        try (var controller = ControllerProcess.bare().flags(row.getFirst()).now()) {
            assertThat(controller.awaitEnd()).isEqualTo(1);
            assertThat(controller.log()).isEqualTo(row.getLast() + "\n");
        }
    }
}
