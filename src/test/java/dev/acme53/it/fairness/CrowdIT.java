package dev.acme53.it.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Issuer;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.HistoryEntry;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.RecordChange;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.api.model.StatusDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One namespace's two thousand Challenges, made while the controller stood still, and when it has begun with them one
/// each of two other namespaces: one that shares everything with the crowd, its issuer, account, credentials and one of
/// its twenty zones, and one that shares the controller alone.
class CrowdIT {
    private static final int ORDERS = 20;
    private static final int NAMES = 25;
    private static final int EACH = 4;
    private static final int ZONES = 20;

    /// When so many of them are begun, the two others come.
    private static final int TAKEN_UP = 400;

    /// So many remain after that, and wait at the same time.
    private static final int WAITING = 1100;

    private static final Duration BOUND = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ALL_PRESENTED = Duration.ofMinutes(4);

    private static final Rig RIG = Rig.start(
            TestServers.kubernetes(),
            SimulatorSettings.defaults().answerAfter(Duration.ofMillis(50)).insyncAfter(Duration.ofHours(1)),
            pebble -> pebble.withAuthorizationReuse(0));
    private static final Tenant CROWD = Tenant.of(RIG);
    private static final Tenant NEIGHBOUR = Tenant.of(RIG);
    private static final Tenant STRANGER = Tenant.of(RIG);

    private OfferedChallenges shared;
    private OfferedChallenges own;

    @BeforeAll
    static void zones() {
        IntStream.range(0, ZONES).forEach(n -> RIG.route53().createZone(zone(n)));
        RIG.route53().createZone("stranger.test");
    }

    private static String zone(int number) {
        return "z%d.crowd.test".formatted(number % ZONES);
    }

    @AfterAll
    static void stop() {
        STRANGER.client().resources(ClusterIssuer.class).withName("crowd").delete();
        CROWD.close();
        NEIGHBOUR.close();
        STRANGER.close();
        RIG.close();
    }

    private static ControllerProcess controller() {
        return RIG.controller(CROWD.namespace().name())
                .flags("--controllers=issuers,clusterissuers,challenges")
                .ready();
    }

    /// The first is the credentials' of the controller, the other's keys are a user's of its own.
    private void issuers() {
        var key = RIG.route53().addUser("stranger", IamPolicy.documented());
        CROWD.apply("""
                apiVersion: cert-manager.io/v1
                kind: ClusterIssuer
                metadata: {name: crowd}
                spec:
                  acme:
                    server: ${DIRECTORY}
                    caBundle: ${CA_BUNDLE}
                    privateKeySecretRef: {name: crowd-account}
                    solvers: [{dns01: {route53: {}}}]
                """);
        STRANGER.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: aws, namespace: "${NAMESPACE}"}
                stringData: {secret: "%s"}
                ---
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: own, namespace: "${NAMESPACE}"}
                spec:
                  acme:
                    server: ${DIRECTORY}
                    caBundle: ${CA_BUNDLE}
                    privateKeySecretRef: {name: own-account}
                    solvers:
                    - dns01:
                        route53:
                          region: us-east-1
                          accessKeyID: %s
                          secretAccessKeySecretRef: {name: aws, key: secret}
                """.formatted(key.secret(), key.id()));
        shared = offering(() ->
                CROWD.client().resources(ClusterIssuer.class).withName("crowd").get());
        own = offering(() -> STRANGER.get(Issuer.class, "own"));
    }

    private static OfferedChallenges offering(Supplier<AnyIssuer> issuer) {
        await().atMost(PATIENCE)
                .until(() -> Conditions.isTrue(issuer.get().statusOrEmpty().conditions(), ConditionTypes.READY));
        return new OfferedChallenges(CROWD.client(), CROWD.namespace().name(), issuer.get());
    }

    /// When Route 53 was told of its record.
    private static Instant written(Challenge challenge) {
        var name = "_acme-challenge." + challenge.getSpec().dnsName() + ".";
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> upserts().stream()
                                .filter(h -> h.recordSet().name().equals(name))
                                .map(HistoryEntry::at)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static List<HistoryEntry> upserts() {
        return RIG.route53().history().stream()
                .filter(h -> h.action() == RecordChange.Action.UPSERT)
                .toList();
    }

    /// Four Challenges for each authorization: all that one does the other three do too, and the CA has less to make.
    /// Its orders come one after the other: all at once, on a busy machine, the CA answers none in time.
    private static List<Challenge> crowd(OfferedChallenges from) {
        var namespace = CROWD.namespace().name();
        return IntStream.range(0, ORDERS)
                .mapToObj(order -> from.order(
                        namespace,
                        IntStream.range(0, NAMES)
                                .mapToObj(n -> "n%d-%d.%s".formatted(order, n, zone(n)))
                                .toList()))
                .flatMap(List::stream)
                .flatMap(one -> Collections.nCopies(EACH, one).stream())
                .toList();
    }

    @Test
    void oneChallengeWaitsAtMostThreeSecondsBehindAnotherNamespacesTwoThousandAndAThousandThatWaitHoldNoThread() {
        try (var controller = controller()) {
            issuers();
            var alone = shared.order(NEIGHBOUR.namespace().name(), List.of("alone." + zone(0)));
            var beside = shared.order(NEIGHBOUR.namespace().name(), List.of("beside." + zone(0)));
            var apart = own.order(STRANGER.namespace().name(), List.of("apart.stranger.test"));
            shared.create(alone);
            written(alone.getFirst());

            var offered = crowd(shared);
            controller.freeze();
            var crowd = shared.create(offered);
            controller.thaw();
            await().atMost(PATIENCE).until(() -> isBegun(crowd.get(TAKEN_UP)));

            assertThat(isBegun(crowd.getLast())).as("the crowd is at it yet").isFalse();
            var start = Instant.now();
            own.create(apart);
            shared.create(beside);
            assertThat(Duration.between(start, written(apart.getFirst())))
                    .as("apart from the crowd")
                    .isLessThan(BOUND);
            assertThat(Duration.between(start, written(beside.getFirst())))
                    .as("beside the crowd")
                    .isLessThan(BOUND);

            OfferedChallenges.atOnce(crowd.subList(WAITING, crowd.size()).stream()
                    .<Callable<List<StatusDetails>>>map(
                            c -> () -> CROWD.client().resource(c).delete())
                    .toList());
            await().atMost(ALL_PRESENTED).until(CrowdIT::isAllPresented);
            await().atMost(PATIENCE).untilAsserted(() -> {
                var threads = HeldThreads.of(controller.pid());
                assertThat(threads.held()).isEmpty();
                assertThat(threads.virtual()).isLessThan(100);
            });
        }
    }

    /// None of them is in sync for an hour.
    private static boolean isAllPresented() {
        var all = CROWD.client()
                .resources(Challenge.class)
                .inNamespace(CROWD.namespace().name())
                .list()
                .getItems();
        return all.size() == WAITING
                && all.stream().allMatch(c -> c.statusOrEmpty().presented());
    }

    private static boolean isBegun(Challenge challenge) {
        return CROWD.client().resource(challenge).get().statusOrEmpty().processing();
    }
}
