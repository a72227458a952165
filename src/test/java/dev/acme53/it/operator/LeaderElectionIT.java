package dev.acme53.it.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.CutOff;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Fault;
import dev.acme53.sim.Hold;
import dev.acme53.sim.Operation;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.sim.Zone;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;

/// Three replicas with the flags of an installation. They end one after another, each in another way, and whoever is
/// left goes on.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeaderElectionIT {
    private static final String NAMESPACE = "kube-system";
    private static final String LEASE = "cert-manager-controller";
    private static final String DOMAIN = ".leaders.test";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// One for the record, one for its removal.
    private static final int WRITES = 2;

    private static final Rig RIG = Rig.start(
            TestServers.kubernetes(), SimulatorSettings.defaults(), pebble -> pebble.withAuthorizationReuse(0));
    private static final Tenant TENANT = Tenant.of(RIG);
    private static final Map<String, ControllerProcess> REPLICAS = new LinkedHashMap<>();
    private static final CutOff API = CutOff.before(RIG.kubernetes());

    @BeforeAll
    static void start() {
        forgetLease();
        for (var name : new String[] {"one", "two", "three"}) {
            REPLICAS.put(name, start(name).now());
        }
        REPLICAS.values().forEach(ControllerProcess::awaitReady);
        TENANT.apply("""
                apiVersion: cert-manager.io/v1
                kind: ClusterIssuer
                metadata: {name: leaders}
                spec:
                  acme:
                    server: ${DIRECTORY}
                    caBundle: ${CA_BUNDLE}
                    privateKeySecretRef: {name: leaders-account}
                    solvers:
                    - dns01: {route53: {}}
                """);
        await().atMost(PATIENCE)
                .until(() -> Conditions.isTrue(
                        TENANT.client()
                                .resources(ClusterIssuer.class)
                                .withName("leaders")
                                .get()
                                .statusOrEmpty()
                                .conditions(),
                        ConditionTypes.READY));
    }

    @AfterAll
    static void stop() {
        TENANT.client().resources(ClusterIssuer.class).withName("leaders").delete();
        REPLICAS.values().forEach(ControllerProcess::close);
        forgetLease();
        API.close();
        TENANT.close();
        RIG.close();
    }

    private static void forgetLease() {
        TENANT.client().leases().inNamespace(NAMESPACE).withName(LEASE).delete();
    }

    private static ControllerProcess.Start start(String hostname) {
        return new Rig(API, RIG.ca(), RIG.route53())
                .controller(TENANT.namespace().name())
                .flags("--leader-elect=true")
                .environment("HOSTNAME", hostname);
    }

    @Test
    @Order(1)
    void oneLeadsAndTheOthersAreReadyAndShowNoObjects() {
        var leader = leader();
        assertThat(lease().getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "cert-manager");
        assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(15);
        REPLICAS.forEach((name, replica) -> {
            assertThat(replica.status("/readyz")).isEqualTo(200);
            if (name.equals(leader)) {
                await().until(() -> replica.metrics().contains("\nacme53_leader 1\n"));
            } else {
                replica.awaitLog("standing by: another instance leads");
                assertThat(replica.log()).doesNotContain("this instance leads");
                assertThat(replica.metrics())
                        .doesNotContain("certmanager_certificate_ready_status")
                        .contains("certmanager_clock_time_seconds", "\nacme53_leader 0\n");
                assertThat(replica.statusPage(""))
                        .contains("stands by; <b>" + leader + "</b> leads.", "Only the leader's page knows");
            }
        });
    }

    /// The Lease would have held for 15 s.
    @Test
    @Order(2)
    void aLeaderThatIsStoppedHandsOverWithinThreeSeconds(TestReporter report) {
        var zone = RIG.route53().createZone("stopped" + DOMAIN);
        RIG.route53().settings().insyncAfter(Duration.ofSeconds(4));
        certificate("stopped");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> TENANT.challenges().stream()
                        .map(Challenge::statusOrEmpty)
                        .anyMatch(challenge -> challenge.presented()));
        var leader = leader();
        var began = System.nanoTime();
        var stopped = REPLICAS.remove(leader);
        var code = CompletableFuture.supplyAsync(stopped::stop);
        awaitLeaderOtherThan(leader);
        report.publishEntry("hand-over when stopped", since(began).toMillis() + " ms");
        assertThat(since(began)).isLessThan(Duration.ofSeconds(3));
        assertThat(code.join()).isZero();
        assertThat(stopped.log()).contains("Lease released");
        RIG.route53().settings().insyncAfter(Duration.ZERO);
        assertIssuedOnce("stopped", zone, WRITES);
    }

    /// The leader dies when AWS has written the record and not said so: this batch is written again, and no other.
    @Test
    @Order(3)
    void aLeaderThatIsKilledIsReplacedWithinTwentySeconds(TestReporter report) throws InterruptedException {
        var zone = RIG.route53().createZone("killed" + DOMAIN);
        var hold = new Hold();
        RIG.route53()
                .failNext(
                        Operation.CHANGE_RESOURCE_RECORD_SETS,
                        call -> call.zoneId().equals(zone.id()),
                        new Fault.Held(hold),
                        1);
        certificate("killed");
        hold.awaitCall();
        var leader = leader();
        var began = System.nanoTime();
        REPLICAS.remove(leader).kill();
        awaitLeaderOtherThan(leader);
        report.publishEntry("hand-over when killed", since(began).toMillis() + " ms");
        assertThat(since(began)).isLessThan(Duration.ofSeconds(20));
        hold.release();
        assertIssuedOnce("killed", zone, WRITES + 1);
    }

    @Test
    @Order(4)
    void aLeaderThatDoesNotReachTheApiServerEndsBeforeItsLeaseDoes(TestReporter report) {
        var leader = REPLICAS.remove(leader());
        API.cut();
        var began = System.nanoTime();
        assertThat(leader.awaitEnd()).isEqualTo(1);
        report.publishEntry("end without the API server", since(began).toMillis() + " ms");
        assertThat(leader.log()).contains("the Lease is lost: ending at once");
        assertThat(since(began)).isLessThan(Duration.ofSeconds(12));
    }

    @Test
    @Order(5)
    void aRestartedPodTakesItsOwnLeaseBackAndEndsWhenSomebodyElseHasIt() {
        var pod = RIG.controller(TENANT.namespace().name())
                .flags("--leader-elect=true")
                .environment("HOSTNAME", holder().replace("-external-cert-manager-controller", ""));
        try (var restarted = pod.ready()) {
            restarted.awaitLog("this instance leads");
            assertThat(restarted.log()).doesNotContain("standing by");
            assertThat(restarted.status("/livez/leaderElection")).isEqualTo(200);
            // without a resourceVersion, so that a renewal in between is no conflict
            TENANT.client()
                    .leases()
                    .inNamespace(NAMESPACE)
                    .withName(LEASE)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\": {\"holderIdentity\": \"somebody-else\", \"leaseDurationSeconds\": 3600}}");
            assertThat(restarted.awaitEnd()).isEqualTo(1);
            assertThat(restarted.log()).contains("the Lease is lost: ending at once");
            assertThat(holder()).isEqualTo("somebody-else");
        }
    }

    private static void certificate(String name) {
        TENANT.certificate(name, "ClusterIssuer", "leaders", name + DOMAIN);
    }

    private static void assertIssuedOnce(String name, Zone zone, int mostWrites) {
        TENANT.awaitIssued(name);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(TENANT.challenges()).isEmpty());
        assertThat(RIG.route53().records(zone)).noneMatch(set -> set.type().equals("TXT"));
        assertThat(RIG.route53().calls())
                .filteredOn(call -> call.operation() == Operation.CHANGE_RESOURCE_RECORD_SETS
                        && call.zoneId().equals(zone.id()))
                .hasSizeLessThanOrEqualTo(mostWrites);
        assertThat(TENANT.orders())
                .filteredOn(order -> order.getMetadata().getName().startsWith(name + "-"))
                .hasSize(1);
        assertThat(RIG.ca().orders())
                .as("orders at the CA, one for each Certificate")
                .isEqualTo(TENANT.orders().size());
    }

    private static String leader() {
        await().atMost(PATIENCE).until(() -> REPLICAS.keySet().stream().anyMatch(LeaderElectionIT::leads));
        return REPLICAS.keySet().stream()
                .filter(LeaderElectionIT::leads)
                .findFirst()
                .orElseThrow();
    }

    private static void awaitLeaderOtherThan(String former) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> REPLICAS.entrySet().stream()
                        .anyMatch(replica -> leads(replica.getKey())
                                && replica.getValue().log().contains("this instance leads")));
        assertThat(leads(former)).isFalse();
    }

    private static boolean leads(String name) {
        return holder().equals(name + "-external-cert-manager-controller");
    }

    private static String holder() {
        var lease = lease();
        return lease == null || lease.getSpec().getHolderIdentity() == null
                ? ""
                : lease.getSpec().getHolderIdentity();
    }

    private static Lease lease() {
        return TENANT.client().leases().inNamespace(NAMESPACE).withName(LEASE).get();
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
