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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

    private final List<Survivor> survivors = new ArrayList<>();
    private final long orders = RIG.ca().orders();

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

    @AfterEach
    void leave() {
        RIG.route53().healAll();
        RIG.route53().settings().insyncAfter(Duration.ZERO).nameServerLags();
        survivors.forEach(survivor -> survivor.tenant.close());
    }

    /// A Certificate in a namespace and a zone of its own.
    private final class Survivor {
        private final Tenant tenant = Tenant.of(RIG);
        private final String domain;
        private final Zone zone;

        Survivor(String word) {
            domain = word + ".test";
            zone = RIG.route53().createZone(domain);
            survivors.add(this);
        }

        Survivor apply() {
            tenant.certificate("survivor", "ClusterIssuer", "kill-points", domain);
            return this;
        }

        /// The next write in the zone is carried out, and its answer kept back.
        Hold holdNextWrite() {
            var hold = new Hold();
            RIG.route53()
                    .failNext(
                            Operation.CHANGE_RESOURCE_RECORD_SETS,
                            c -> c.zoneId().equals(zone.id()),
                            new Fault.Held(hold),
                            1);
            return hold;
        }

        void awaitChallenge(Predicate<ChallengeStatus> wanted) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> tenant.challenges().stream()
                            .map(Challenge::statusOrEmpty)
                            .anyMatch(wanted));
        }

        long writes() {
            return RIG.route53().calls().stream()
                    .filter(c -> c.operation() == Operation.CHANGE_RESOURCE_RECORD_SETS
                            && c.zoneId().equals(zone.id()))
                    .count();
        }

        void assertIssuedWith(long mostWrites) {
            tenant.awaitIssued("survivor");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tenant.challenges()).isEmpty());
            assertThat(RIG.route53().records(zone))
                    .as(domain)
                    .noneMatch(s -> s.type().equals("TXT"));
            assertThat(writes()).as("writes of " + domain).isLessThanOrEqualTo(mostWrites);
            assertThat(tenant.requests()).hasSize(1);
            assertThat(tenant.orders()).hasSize(1);
        }
    }

    /// Each Certificate's issuing has taken one of the CA's orders at least.
    private void assertNoOrderWasMadeTwice() {
        assertThat(RIG.ca().orders() - orders).as("orders at the CA").isEqualTo(survivors.size());
    }

    private static void killAndGoOn() {
        controller.kill();
        end();
        RIG.route53().settings().nameServerLags();
        begin();
    }

    @Test
    void undisturbed() {
        var undisturbed = new Survivor("undisturbed").apply();
        undisturbed.assertIssuedWith(WRITES);
        assertThat(undisturbed.writes()).isEqualTo(WRITES);
        assertNoOrderWasMadeTwice();
    }

    @Test
    void t81WrittenAndNotAnsweredAndPendingAndInSyncWithTheCaNotTold() throws InterruptedException {
        RIG.route53().settings().nameServerLags(Duration.ofHours(1));
        var inSync = new Survivor("in-sync").apply();
        var written = new Survivor("written");
        var writing = written.holdNextWrite();
        written.apply();
        writing.awaitCall();
        inSync.awaitChallenge(ChallengeStatus::presented);
        RIG.route53().settings().insyncAfter(Duration.ofSeconds(5));
        var pending = new Survivor("pending").apply();
        pending.awaitChallenge(ChallengeStatus::presented);
        inSync.awaitChallenge(s -> s.reason().startsWith("Waiting for DNS-01 challenge propagation"));
        killAndGoOn();
        written.assertIssuedWith(WRITES + 1);
        inSync.assertIssuedWith(WRITES);
        pending.assertIssuedWith(WRITES);
        assertNoOrderWasMadeTwice();
    }

    @Test
    void removedAndNotAnsweredAndProvenAndNotRemoved() throws InterruptedException {
        RIG.route53().settings().insyncAfter(Duration.ofSeconds(1));
        var removed = new Survivor("removed").apply();
        removed.awaitChallenge(ChallengeStatus::presented);
        var removing = removed.holdNextWrite();
        var proven = new Survivor("proven").apply();
        removing.awaitCall();
        proven.awaitChallenge(s -> s.state() == State.VALID);
        killAndGoOn();
        removed.assertIssuedWith(WRITES + 1);
        proven.assertIssuedWith(WRITES + 1);
        assertNoOrderWasMadeTwice();
    }

    /// The controller has each answer, and nothing of what it then says reaches the API server.
    @Test
    void t81AnsweredAndNotNotedAndRemovedAndNotLetGo() throws InterruptedException {
        RIG.route53().settings().insyncAfter(Duration.ofSeconds(1));
        var removed = new Survivor("not-let-go").apply();
        removed.awaitChallenge(ChallengeStatus::presented);
        var removing = removed.holdNextWrite();
        var answered = new Survivor("not-noted");
        var writing = answered.holdNextWrite();
        answered.apply();
        writing.awaitCall();
        removing.awaitCall();
        api.cut();
        writing.release();
        api.awaitRequest();
        removing.release();
        api.awaitRequest();
        killAndGoOn();
        removed.assertIssuedWith(WRITES + 1);
        answered.assertIssuedWith(WRITES + 1);
        assertNoOrderWasMadeTwice();
    }
}
