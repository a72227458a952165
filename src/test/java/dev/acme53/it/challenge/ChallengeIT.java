package dev.acme53.it.challenge;

import static dev.acme53.it.challenge.ChallengeRig.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Annotations;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.ChallengeType;
import dev.acme53.api.CnameStrategy;
import dev.acme53.api.Dns01Solver;
import dev.acme53.api.Finalizers;
import dev.acme53.api.Issuer;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Order;
import dev.acme53.api.Solver;
import dev.acme53.api.State;
import dev.acme53.it.stages.Edits;
import dev.acme53.it.stages.SomeCertificate;
import dev.acme53.it.stages.TestCa;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Call;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.Operation;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.Zone;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// behaviour.md §4, and the vectors of route53.md by their number.
class ChallengeIT {
    private static final KubernetesApi KUBERNETES = TestServers.kubernetes();
    private static final TestCa CA = new TestCa(pebble -> pebble.withAuthorizationReuse(0));

    private final ChallengeRig rig = new ChallengeRig(KUBERNETES, CA);

    /// Of one test alone: DNS shows the changes of a zone in their order, so one that is never in sync hides all later.
    private final Zone zone = CA.zone(rig.namespace.name() + ".test");

    /// A name in that zone.
    private String in(String labels) {
        return labels + "." + rig.namespace.name() + ".test";
    }

    @AfterEach
    void leave() {
        CA.simulator().settings().insyncAfter(Duration.ZERO).insyncAfterPolls(0).legacyInvalidChangeBatch(false);
        CA.simulator().setPolicy(CA.simulator().userArn("acme53"), IamPolicy.documented());
        CA.simulator().healAll();
        rig.close();
    }

    @AfterAll
    static void stop() {
        CA.close();
    }

    private static void neverInSync() {
        CA.simulator().settings().insyncAfter(Duration.ofHours(1));
    }

    private static boolean isValid(ChallengeStatus status) {
        return status.state() == State.VALID;
    }

    private Challenge presented(Challenge challenge) {
        return rig.await(challenge, ChallengeStatus::presented);
    }

    @Test
    void aChallengeIsProvenAndLeavesNothingBehind() {
        try (var _ = rig.stage()) {
            var challenge = rig.create(in("happy"));
            rig.await(challenge, ChallengeIT::isValid);
            var done = rig.awaitObject(
                    challenge,
                    c -> !c.statusOrEmpty().processing()
                            && c.getMetadata().getFinalizers().isEmpty());
            assertThat(done.statusOrEmpty().presented()).isFalse();
            assertThat(done.statusOrEmpty().presentedAt()).isNotNull();
            assertThat(done.statusOrEmpty().reason()).isEqualTo("Successfully authorized domain");
            assertThat(done.getMetadata().getAnnotations()).doesNotContainKey(Annotations.ROUTE53_CHANGE);
            assertThat(rig.isStored(challenge)).isFalse();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(rig.eventReasons(challenge))
                            .containsExactlyInAnyOrder("Started", "Presented", "DomainVerified"));
        }
    }

    @Test
    void theCaIsToldToLookWithoutBeingAskedWhatItHasToldTheOrder() {
        var spec = rig.ordered(in("told"), rig.solver("", null));
        var order = rig.order(spec, Optional.empty());
        assertThat(askedUntilValid(spec, order)).startsWith("accept_challenge").endsWith("get_authorization");
    }

    @Test
    void theCaIsAskedWhatNoOrderSays() {
        var spec = rig.ordered(in("unsaid"), rig.solver("", null));
        var order = rig.order(spec, Optional.empty());
        order.setStatus(order.statusOrEmpty().withState(null));
        assertThat(askedUntilValid(spec, rig.client.resource(order).updateStatus()))
                .startsWith("get_authorization", "accept_challenge")
                .endsWith("get_authorization");
    }

    /// What the CA answers until a Challenge of `spec` and `order` is valid.
    private List<String> askedUntilValid(ChallengeSpec spec, Order order) {
        var asked = new CopyOnWriteArrayList<String>();
        CA.observeBy(request -> {
            if (TestCa.isAnswered(request, request.action(), 200)) {
                asked.add(request.action());
            }
        });
        try (var _ = rig.stage()) {
            rig.await(rig.create(spec, order), ChallengeIT::isValid);
        } finally {
            CA.observeBy(_ -> {});
        }
        return asked;
    }

    @Test
    void finalizerAndAnnotationAreAppliedByThePeersManagerBeforeTheRecordIsWritten() {
        neverInSync();
        try (var _ = rig.stage()) {
            var challenge = presented(rig.create(in("claimed")));
            assertThat(challenge.getMetadata().getFinalizers()).containsExactly(Finalizers.CHALLENGE);
            assertThat(challenge.getMetadata().getAnnotations().get(Annotations.ROUTE53_CHANGE))
                    .startsWith(zone.id() + "/" + in("_acme-challenge.claimed") + "/C");
            assertThat(challenge.getMetadata().getManagedFields())
                    .anyMatch(f -> f.getManager().equals("cert-manager-challenges")
                            && f.getOperation().equals("Apply"));
            rig.delete(challenge);
            rig.awaitGone(challenge);
            assertThat(rig.isStored(challenge)).isFalse();
        }
    }

    @Test
    void apexAndWildcardOfOneNameGoOnSideBySide() {
        neverInSync();
        try (var _ = rig.stage()) {
            var apex = presented(rig.create(in("both")));
            var wildcard = presented(rig.create(in("*.both")));
            assertThat(rig.isStored(apex)).isTrue();
            assertThat(rig.isStored(wildcard)).isTrue();
            rig.delete(apex);
            rig.awaitGone(apex);
            assertThat(rig.isStored(apex)).isFalse();
            assertThat(rig.isStored(wildcard)).as("T59").isTrue();
            rig.delete(wildcard);
            rig.awaitGone(wildcard);
        }
    }

    @ParameterizedTest(name = "legacy form {0}")
    @ValueSource(booleans = {false, true})
    void t60t61CleaningUpARecordThatIsNotThereSucceeds(boolean legacy) {
        neverInSync();
        CA.simulator().settings().legacyInvalidChangeBatch(legacy);
        try (var _ = rig.stage()) {
            var challenge = presented(rig.create(in("vanished" + legacy)));
            CA.simulator()
                    .removeRecord(
                            zone,
                            RecordSet.challenge(
                                    "_acme-challenge." + challenge.getSpec().dnsName() + ".",
                                    challenge.getSpec().key()));
            rig.delete(challenge);
            rig.awaitGone(challenge);
        }
    }

    @ParameterizedTest(name = "by id {0}")
    @ValueSource(booleans = {false, true})
    void t62CleaningUpInAZoneThatIsGoneSucceeds(boolean byId) {
        neverInSync();
        var zone = CA.zone("gone" + byId + ".test");
        try (var _ = rig.stage()) {
            var challenge = presented(rig.create("www.gone" + byId + ".test", rig.solver(byId ? zone.id() : "", null)));
            CA.simulator().deleteZone(zone);
            rig.delete(challenge);
            rig.awaitGone(challenge);
        }
    }

    @Test
    void t70ADeniedLookAtTheChangeIsToldAndTheRecordKept() {
        CA.simulator()
                .setPolicy(
                        CA.simulator().userArn("acme53"), IamPolicy.documented().denying("route53:GetChange", "*"));
        try (var _ = rig.stage()) {
            var challenge = rig.create(in("blind"));
            var reason = rig.await(challenge, s -> s.reason().contains("AccessDenied"))
                    .statusOrEmpty()
                    .reason();
            assertThat(reason).contains("route53:GetChange");
            assertThat(rig.isStored(challenge)).isTrue();
            rig.delete(challenge);
            rig.awaitGone(challenge);
        }
    }

    @Test
    void ofOneNameEightRecordsAreWrittenAtATime() {
        neverInSync();
        try (var _ = rig.stage()) {
            var first =
                    Stream.generate(() -> rig.create(in("crowded"))).limit(8).toList();
            first.forEach(this::presented);
            var ninth = rig.create(in("crowded"));
            assertThat(rig.await(ninth, s -> !s.reason().isEmpty())
                            .statusOrEmpty()
                            .reason())
                    .isEqualTo(
                            "Waiting for other Challenges of the same name: Route 53 shows 8 values of a name at most");
            assertThat(rig.isStored(ninth)).isFalse();
            rig.delete(first.getFirst());
            presented(ninth);
        }
    }

    @Test
    void t28AKeyThatIsRotatedAfterThePresentingSignsTheCleanUp() {
        neverInSync();
        var name = "rotating-" + rig.namespace.name();
        var old = CA.simulator().addUser(name, IamPolicy.documented());
        rig.secret(old);
        try (var _ = rig.stage()) {
            var challenge = presented(rig.create(in("rotated"), ChallengeRig.keysOfTheSecret()));
            var key = CA.simulator().addKey(CA.simulator().userArn(name));
            CA.simulator().removeKey(old);
            rig.secret(key);
            rig.delete(challenge);
            rig.awaitGone(challenge);
            assertThat(rig.isStored(challenge)).isFalse();
            assertThat(CA.simulator().calls())
                    .filteredOn(call -> call.operation() == Operation.CHANGE_RESOURCE_RECORD_SETS
                            && Set.of(old.id(), key.id()).contains(call.accessKeyId()))
                    .extracting(Call::accessKeyId, Call::errorCode)
                    .containsExactly(tuple(old.id(), ""), tuple(key.id(), ""));
        }
    }

    @Test
    void cleanUpNeedsNoIssuer() {
        neverInSync();
        try (var _ = rig.stage()) {
            var challenge = presented(rig.create(in("orphan")));
            rig.client
                    .resources(Issuer.class)
                    .inNamespace(rig.namespace.name())
                    .withName(TestCa.ISSUER)
                    .delete();
            rig.delete(challenge);
            rig.awaitGone(challenge);
            assertThat(rig.isStored(challenge)).isFalse();
        }
    }

    @ParameterizedTest(name = "strategy {0}")
    @EnumSource(CnameStrategy.class)
    void whereAnAnnotationOfSomebodyElsePointsNothingIsWritten(CnameStrategy strategy) {
        neverInSync();
        var label = strategy.name().toLowerCase(Locale.ROOT);
        try (var _ = rig.stage(records -> records, 1)) {
            var first = presented(rig.create(in("first-" + label)));
            var second = rig.create(in("second-" + label), rig.solver("", strategy));
            rig.claim(second, Map.of(Annotations.ROUTE53_CHANGE, zone.id() + "/" + in("www") + "/"));
            rig.delete(first);
            presented(second);
            assertThat(CA.simulator().history())
                    .extracting(entry -> entry.recordSet().name())
                    .contains(in("_acme-challenge.second-" + label) + ".")
                    .doesNotContain(in("www") + ".");
            rig.delete(second);
            rig.awaitGone(second);
        }
    }

    @Test
    void onlySoManyAreWorkedOnAtTheSameTime() {
        neverInSync();
        try (var _ = rig.stage(records -> records, 1)) {
            var first = presented(rig.create(in("one")));
            var second = rig.create(in("two"));
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> !rig.read(second).orElseThrow().statusOrEmpty().processing());
            assertThat(rig.read(second).orElseThrow().getMetadata().getFinalizers())
                    .isEmpty();
            rig.delete(first);
            presented(second);
            rig.delete(second);
            rig.awaitGone(second);
        }
    }

    @Test
    void aChallengeOfAnotherSolverIsLeftAloneAndItsCertificateIsTold() {
        var other = new Solver(null, null, new Dns01Solver(null, null, null, Map.of()), null, null);
        var spec = new ChallengeSpec(
                "https://ca.test/c",
                "https://ca.test/a",
                in("a"),
                false,
                ChallengeType.DNS_01,
                "t",
                "k",
                other,
                new IssuerRef(TestCa.ISSUER, "Issuer", ""));
        var certificate = SomeCertificate.create(rig.client, rig.namespace, "foreign");
        var order = rig.order(spec, Optional.of(rig.request(certificate)));
        try (var _ = rig.stage()) {
            var challenge = rig.create(spec, order);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(rig.eventReasons(challenge)).containsExactly("SolverNotServed");
                assertThat(rig.eventReasons(certificate)).containsExactly("SolverNotServed");
            });
            var after = rig.read(challenge).orElseThrow();
            assertThat(after.getMetadata().getResourceVersion())
                    .isEqualTo(challenge.getMetadata().getResourceVersion());
        }
    }

    @Test
    void whatOneTenantDidWrongKeepsNobodyElseWaiting() {
        try (var _ = rig.stage(records -> records, 2)) {
            var broken = Stream.of("x", "y", "z")
                    .map(label -> rig.create("www." + label + ".nowhere.example"))
                    .toList();
            broken.forEach(challenge ->
                    rig.await(challenge, s -> s.processing() && !s.reason().isEmpty()));
            rig.await(rig.create(in("good")), ChallengeIT::isValid);
        }
    }

    @Test
    void aMadeUpChallengeIsToldWhyNothingIsWrittenAndGoesWhenDeleted() {
        var genuine = rig.ordered(in("mine"), rig.solver("", null));
        var order = rig.order(genuine, Optional.empty());
        var elsewhere = rig.solver(CA.zone("elsewhere.example").id(), null);
        try (var _ = rig.stage()) {
            var madeUp = Map.of(
                    rig.create(genuine, new HasMetadata[0]), "no Order controls it",
                    rig.create(
                                    of(
                                            genuine,
                                            "https://ca.test/other",
                                            genuine.dnsName(),
                                            genuine.key(),
                                            genuine.solver()),
                                    order),
                            "spec.authorizationURL is not among the authorizations of Order",
                    rig.create(
                                    of(
                                            genuine,
                                            genuine.authorizationURL(),
                                            in("yours"),
                                            genuine.key(),
                                            genuine.solver()),
                                    order),
                            "spec.dnsName and spec.wildcard are not what",
                    rig.create(
                                    of(
                                            genuine,
                                            genuine.authorizationURL(),
                                            genuine.dnsName(),
                                            "x".repeat(43),
                                            genuine.solver()),
                                    order),
                            "spec.key is not what",
                    rig.create(
                                    of(
                                            genuine,
                                            genuine.authorizationURL(),
                                            genuine.dnsName(),
                                            genuine.key(),
                                            elsewhere),
                                    order),
                            "spec.solver is not among the solvers of Issuer");
            madeUp.forEach((challenge, reason) -> assertThat(
                            rig.await(challenge, s -> !s.reason().isEmpty())
                                    .statusOrEmpty()
                                    .reason())
                    .startsWith("nothing is written for this Challenge: " + reason));
            madeUp.keySet().forEach(challenge -> {
                rig.claim(challenge, Map.of());
                rig.delete(challenge);
            });
            madeUp.keySet().forEach(rig::awaitGone);
            assertThat(CA.simulator().history())
                    .extracting(entry -> entry.recordSet().setIdentifier())
                    .doesNotContain('"' + genuine.key() + '"', '"' + "x".repeat(43) + '"');
        }
    }

    private static ChallengeSpec of(ChallengeSpec spec, String authorization, String name, String key, Solver solver) {
        return new ChallengeSpec(
                spec.url(), authorization, name, false, spec.type(), spec.token(), key, solver, spec.issuerRef());
    }

    @Test
    void cleanUpAsksNeitherOrderNorSolvers() {
        neverInSync();
        var spec = rig.ordered(in("abandoned"), rig.solver("", null));
        var order = rig.order(spec, Optional.empty());
        Challenge challenge;
        try (var _ = rig.stage()) {
            challenge = presented(rig.create(spec, order));
        }
        CA.solvers(rig.client, rig.namespace, TestCa.route53(null));
        Edits.edit(rig.client, challenge, c -> {
            c.getMetadata().setOwnerReferences(List.of());
            return c;
        });
        rig.client.resource(order).delete();
        try (var _ = rig.stage()) {
            rig.delete(challenge);
            rig.awaitGone(challenge);
        }
        assertThat(rig.isStored(challenge)).isFalse();
    }

    @Test
    void aProofThatTheCaDoesNotSeeEndsInvalidWithItsWords() {
        var unchecked = new Solver(null, null, rig.solver("", null).dns01(), "1s", null);
        var challenge = rig.create(in("wrong"), unchecked);
        rig.claim(challenge, Map.of());
        var claimed = rig.read(challenge).orElseThrow();
        claimed.setStatus(new ChallengeStatus(true, true, null, "", State.PENDING));
        rig.client.resource(claimed).updateStatus();
        try (var _ = rig.stage()) {
            var ended = rig.await(challenge, s -> s.state() == State.INVALID);
            assertThat(ended.statusOrEmpty().reason()).contains("unauthorized");
            rig.awaitObject(challenge, c -> c.getMetadata().getFinalizers().isEmpty());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(rig.eventReasons(challenge)).contains("Failed"));
        }
    }
}
