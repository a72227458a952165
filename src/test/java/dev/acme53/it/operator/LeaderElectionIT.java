package dev.acme53.it.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaderElectionIT {
    private static final String LEASE = "cert-manager-controller";

    private final KubernetesApi kubernetes = TestServers.kubernetes();
    private TestNamespace namespace;
    private KubernetesClient client;

    @BeforeEach
    void open() {
        namespace = kubernetes.freshNamespace();
        client = kubernetes.client();
    }

    @AfterEach
    void close() {
        client.close();
        namespace.close();
    }

    @Test
    void aStandByTakesOverAtOnceWhenTheLeaderIsToldToEnd() {
        try (var first = start("first").ready()) {
            awaitLeader("first");
            try (var second = start("second").ready()) {
                second.awaitLog("standing by");
                assertThat(lease().getMetadata().getLabels())
                        .containsAllEntriesOf(Map.of("app.kubernetes.io/managed-by", "cert-manager"));
                assertThat(first.metrics()).contains("certmanager_certificate_ready_status");
                assertThat(second.metrics())
                        .doesNotContain("certmanager_certificate_ready_status")
                        .contains("certmanager_clock_time_seconds");

                assertThat(first.stop()).isZero();
                assertThat(first.log()).contains("Lease released");
                // the Lease would have held for 60 s
                await().atMost(Duration.ofSeconds(10)).until(() -> holder().startsWith("second-"));
                await().until(() -> second.metrics().contains("certmanager_certificate_ready_status"));
                assertThat(lease().getMetadata().getLabels())
                        .containsAllEntriesOf(Map.of("app.kubernetes.io/managed-by", "cert-manager"));
                assertThat(second.stop()).isZero();
                assertThat(holder()).isEmpty();
            }
        }
    }

    @Test
    void whoeverLosesTheLeaseEndsAtOnceWithOne() {
        try (var controller = start("one").ready()) {
            awaitLeader("one");
            // without a resourceVersion, so that a renewal in between is no conflict
            client.leases()
                    .inNamespace(namespace.name())
                    .withName(LEASE)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\": {\"holderIdentity\": \"somebody-else\", \"leaseDurationSeconds\": 3600}}");
            assertThat(controller.awaitEnd()).isEqualTo(1);
            assertThat(controller.log()).contains("the Lease is lost");
            assertThat(holder()).isEqualTo("somebody-else");
        }
    }

    @Test
    void aRestartedPodTakesItsOwnLeaseBackWithoutWaiting() {
        try (var killed = start("pod").ready()) {
            awaitLeader("pod");
            killed.kill();
        }
        assertThat(holder()).startsWith("pod-");
        try (var restarted = start("pod").ready()) {
            restarted.awaitLog("this instance leads");
            assertThat(restarted.status("/livez/leaderElection")).isEqualTo(200);
        }
    }

    private ControllerProcess.Start start(String hostname) {
        return ControllerProcess.with(kubernetes)
                .environment("HOSTNAME", hostname)
                .flags(
                        "--leader-election-namespace=" + namespace.name(),
                        "--leader-election-lease-duration=60s",
                        "--leader-election-renew-deadline=40s",
                        "--leader-election-retry-period=1s");
    }

    private void awaitLeader(String hostname) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> holder().equals(hostname + "-external-cert-manager-controller"));
    }

    private String holder() {
        var lease = lease();
        return lease == null || lease.getSpec().getHolderIdentity() == null
                ? ""
                : lease.getSpec().getHolderIdentity();
    }

    private Lease lease() {
        return client.leases().inNamespace(namespace.name()).withName(LEASE).get();
    }
}
