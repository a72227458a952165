package dev.acme53.it.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.State;
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
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// The controller's process is killed at one chosen moment after another of a Certificate's way, and another goes on:
/// with one write more at most, the same order at the CA, and no record left.
class KillPointsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// One for the record, one for its removal, as [#undisturbed] shows.
    private static final int WRITES = 2;

    private static final Rig RIG = Rig.start(
            TestServers.kubernetes(), SimulatorSettings.defaults(), pebble -> pebble.withAuthorizationReuse(0));
    private static final Tenant PLATFORM = Tenant.of(RIG);
    private static CutOff api;
    private static ControllerProcess controller;

    private Tenant tenant;
    private String domain;
    private Zone zone;
    private int orders;

    @BeforeAll
    static void start() {
        begin();
        PLATFORM.apply("""
                apiVersion: cert-manager.io/v1
                kind: ClusterIssuer
                metadata:
                  name: kill-points
                spec:
                  acme:
                    server: ${DIRECTORY}
                    caBundle: ${CA_BUNDLE}
                    privateKeySecretRef:
                      name: kill-points-account
                    solvers:
                      - dns01:
                          route53: {}
                """);
        await().atMost(PATIENCE)
                .until(() -> Conditions.isTrue(
                        PLATFORM.client()
                                .resources(ClusterIssuer.class)
                                .withName("kill-points")
                                .get()
                                .statusOrEmpty()
                                .conditions(),
                        ConditionTypes.READY));
    }

    private static void begin() {
        api = CutOff.before(RIG.kubernetes());
        controller = new Rig(api, RIG.ca(), RIG.route53())
                .controller(PLATFORM.namespace().name())
                .ready();
    }

    @AfterAll
    static void stop() {
        PLATFORM.client().resources(ClusterIssuer.class).withName("kill-points").delete();
        end();
        PLATFORM.close();
        RIG.close();
    }

    private static void end() {
        controller.close();
        api.close();
    }

    @BeforeEach
    void order(TestInfo test) {
        domain = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT) + ".test";
        zone = RIG.route53().createZone(domain);
        tenant = Tenant.of(RIG);
        orders = orders();
    }

    @AfterEach
    void leave() {
        RIG.route53().healAll();
        RIG.route53().settings().insyncAfter(Duration.ZERO).nameServerLags();
        tenant.close();
    }

    private void certificate() {
        tenant.certificate("survivor", "ClusterIssuer", "kill-points", domain);
    }

    /// How many orders the CA has made.
    private static int orders() {
        return (int)
                RIG.ca().log().lines().filter(l -> l.contains("Added order ")).count();
    }

    private long writes() {
        return RIG.route53().calls().stream()
                .filter(c -> c.operation() == Operation.CHANGE_RESOURCE_RECORD_SETS
                        && c.zoneId().equals(zone.id()))
                .count();
    }

    /// The next write in the zone is carried out, and its answer kept back.
    private Hold holdNextWrite() {
        var hold = new Hold();
        RIG.route53()
                .failNext(
                        Operation.CHANGE_RESOURCE_RECORD_SETS,
                        c -> c.zoneId().equals(zone.id()),
                        new Fault.Held(hold),
                        1);
        return hold;
    }

    /// Lets the controller have the answer, and nothing of what it then says reach the API server.
    private static void answeredInVain(Hold hold) throws InterruptedException {
        hold.awaitCall();
        api.cut();
        hold.release();
        api.awaitRequest();
    }

    private void awaitChallenge(Predicate<ChallengeStatus> wanted) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> tenant.challenges().stream()
                        .map(Challenge::statusOrEmpty)
                        .anyMatch(wanted));
    }

    private static void killAndGoOn() {
        controller.kill();
        end();
        RIG.route53().settings().nameServerLags();
        begin();
    }

    private void assertIssuedWith(long mostWrites) {
        tenant.awaitIssued("survivor");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tenant.challenges()).isEmpty());
        assertThat(RIG.route53().records(zone)).noneMatch(s -> s.type().equals("TXT"));
        assertThat(writes()).as("writes").isLessThanOrEqualTo(mostWrites);
        assertThat(tenant.requests()).hasSize(1);
        assertThat(tenant.orders()).hasSize(1);
        assertThat(orders() - orders).as("orders at the CA").isEqualTo(1);
    }

    @Test
    void undisturbed() {
        certificate();
        assertIssuedWith(WRITES);
        assertThat(writes()).isEqualTo(WRITES);
    }

    @Test
    void t81WrittenAndNotAnswered() throws InterruptedException {
        var hold = holdNextWrite();
        certificate();
        hold.awaitCall();
        killAndGoOn();
        assertIssuedWith(WRITES + 1);
    }

    @Test
    void t81AnsweredAndNotNoted() throws InterruptedException {
        var hold = holdNextWrite();
        certificate();
        answeredInVain(hold);
        killAndGoOn();
        assertIssuedWith(WRITES + 1);
    }

    @Test
    void t81Pending() {
        RIG.route53().settings().insyncAfter(Duration.ofSeconds(5));
        certificate();
        awaitChallenge(ChallengeStatus::presented);
        killAndGoOn();
        assertIssuedWith(WRITES);
    }

    @Test
    void inSyncAndTheCaNotTold() {
        RIG.route53().settings().nameServerLags(Duration.ofHours(1));
        certificate();
        awaitChallenge(s -> s.reason().startsWith("Waiting for DNS-01 challenge propagation"));
        killAndGoOn();
        assertIssuedWith(WRITES);
    }

    @Test
    void provenAndNotRemoved() {
        certificate();
        awaitChallenge(s -> s.state() == State.VALID);
        killAndGoOn();
        assertIssuedWith(WRITES + 1);
    }

    @Test
    void removedAndNotAnswered() throws InterruptedException {
        RIG.route53().settings().insyncAfter(Duration.ofSeconds(1));
        certificate();
        awaitChallenge(ChallengeStatus::presented);
        var hold = holdNextWrite();
        hold.awaitCall();
        killAndGoOn();
        assertIssuedWith(WRITES + 1);
    }

    @Test
    void removedAndNotLetGo() throws InterruptedException {
        RIG.route53().settings().insyncAfter(Duration.ofSeconds(1));
        certificate();
        awaitChallenge(ChallengeStatus::presented);
        answeredInVain(holdNextWrite());
        killAndGoOn();
        assertIssuedWith(WRITES + 1);
    }
}
