package dev.acme53.it.challenge;

import static dev.acme53.it.challenge.ChallengeRig.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Annotations;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.State;
import dev.acme53.it.stages.RunningStages;
import dev.acme53.it.stages.TestCa;
import dev.acme53.it.stages.TestTime;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Call;
import dev.acme53.sim.Fault;
import dev.acme53.sim.Operation;
import dev.acme53.sim.RecordChange.Action;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.sim.Zone;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Vectors of route53.md §6 that speak of Challenges, by their number, on a clock that the tests move. Each has a zone
/// of its own; the stage is one for all.
class VectorsIT {
    private static final TestTime TIME = new TestTime();
    private static final TestCa CA = new TestCa(
            pebble -> pebble.withAuthorizationReuse(0),
            SimulatorSettings.defaults().clock(TIME.clock()));
    private static final ChallengeRig RIG = new ChallengeRig(TestServers.kubernetes(), CA, Optional.of(TIME));
    private static final Zone OTHER = CA.zone("other.test");
    private static RunningStages stage;

    private final List<Challenge> made = new ArrayList<>();

    @BeforeAll
    static void start() {
        RIG.offer(RIG.solver(OTHER.id(), null));
        stage = RIG.stage(records -> records, 5000);
    }

    @AfterEach
    void leave() {
        CA.simulator().healAll();
        CA.simulator().settings().insyncAfter(Duration.ZERO).insyncAfterPolls(0);
        RIG.route53().expect(0);
        made.forEach(RIG::delete);
        made.forEach(VectorsIT::passUntilGone);
    }

    @AfterAll
    static void stop() {
        stage.close();
        RIG.close();
        CA.close();
    }

    private Challenge create(String name) {
        var challenge = RIG.create(name);
        made.add(challenge);
        return challenge;
    }

    private static Challenge presented(Challenge challenge) {
        return RIG.await(challenge, ChallengeStatus::presented);
    }

    private static Challenge refused(Challenge challenge, String words) {
        return RIG.await(challenge, s -> s.reason().contains(words));
    }

    /// Lets time pass until the Challenge is as wanted.
    private static void passUntil(Challenge challenge, State state) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            if (RIG.read(challenge).orElseThrow().statusOrEmpty().state() == state) {
                return true;
            }
            TIME.pass(Duration.ofSeconds(1));
            return false;
        });
    }

    private static void passUntilGone(Challenge challenge) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            if (RIG.read(challenge).isEmpty()) {
                return true;
            }
            TIME.pass(Duration.ofSeconds(10));
            return false;
        });
    }

    private static List<Call> calls(Operation operation, Zone zone) {
        return CA.simulator().calls().stream()
                .filter(c -> c.operation() == operation && c.zoneId().equals(zone.id()))
                .toList();
    }

    private static List<Call> writes(Zone zone) {
        return calls(Operation.CHANGE_RESOURCE_RECORD_SETS, zone);
    }

    private static void fails(Operation operation, Zone zone, Fault fault, int times) {
        CA.simulator().failNext(operation, c -> c.zoneId().equals(zone.id()), fault, times);
    }

    private static Fault denied(String action, Zone zone) {
        return Fault.accessDenied(
                CA.simulator().userArn("acme53"), "route53:" + action, "arn:aws:route53:::hostedzone/" + zone.id());
    }

    private static String version(Challenge challenge) {
        return RIG.read(challenge).orElseThrow().getMetadata().getResourceVersion();
    }

    private static List<Event> events(Challenge challenge, String reason) {
        return RIG.client.v1().events().inNamespace(RIG.namespace.name()).list().getItems().stream()
                .filter(e -> e.getReason().equals(reason)
                        && e.getInvolvedObject()
                                .getUid()
                                .equals(challenge.getMetadata().getUid()))
                .toList();
    }

    private static List<RecordSet> txt(Zone zone) {
        return CA.simulator().records(zone).stream()
                .filter(s -> s.type().equals("TXT"))
                .toList();
    }

    @Test
    void t58ApexAndWildcardAreTwoUpsertsInOneCall() {
        var zone = CA.zone("t58.test");
        RIG.route53().expect(2);
        var both = List.of(create("t58.test"), create("*.t58.test"));
        both.forEach(VectorsIT::presented);
        assertThat(writes(zone)).singleElement().extracting(Call::changes).isEqualTo(2);
        assertThat(txt(zone)).hasSize(2).extracting(RecordSet::name).containsOnly("_acme-challenge.t58.test.");
        assertThat(txt(zone))
                .extracting(RecordSet::setIdentifier)
                .containsExactlyInAnyOrderElementsOf(
                        both.stream().map(c -> '"' + c.getSpec().key() + '"').toList());
    }

    @Test
    void t63ARecordThatTheZoneDoesNotTakeIsTriedOnceInFiveMinutes() throws InterruptedException {
        CA.zone("t63.test");
        var challenge = RIG.create("www.t63.test", RIG.solver(OTHER.id(), null));
        made.add(challenge);
        assertThat(refused(challenge, "InvalidChangeBatch").statusOrEmpty().reason())
                .startsWith("failed to change Route 53 record set: InvalidChangeBatch: ")
                .contains("_acme-challenge.www.t63.test. is not permitted in zone other.test.");
        for (var tries = 1; tries <= 4; tries++) {
            var wait = TIME.awaitWait(challenge);
            assertThat(wait).isGreaterThan(Duration.ofMinutes(5).minusSeconds(1));
            assertThat(writes(OTHER)).hasSize(tries);
            TIME.pass(wait.minusSeconds(1));
            assertThat(TIME.awaitWait(challenge)).isPositive();
            assertThat(writes(OTHER)).hasSize(tries);
            TIME.pass(Duration.ofSeconds(2));
        }
    }

    /// Denied again and again: what is said stays the same, and is said less and less often.
    private static void assertWaitsGrow(Challenge challenge, Zone zone, String event) throws InterruptedException {
        TIME.awaitWait(challenge);
        var calls = writes(zone).size();
        var version = version(challenge);
        for (var seconds : List.of(5, 10, 20)) {
            assertThat(TIME.awaitWait(challenge))
                    .isBetween(Duration.ofMillis(900 * seconds), Duration.ofMillis(1100 * seconds));
            TIME.pass(Duration.ofMillis(1100 * seconds));
        }
        TIME.awaitWait(challenge);
        assertThat(version(challenge)).as("status is written once").isEqualTo(version);
        assertThat(writes(zone)).hasSize(calls + 3);
        assertThat(writes(zone)).extracting(Call::requestId).doesNotHaveDuplicates();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events(challenge, event))
                        .singleElement()
                        .extracting(Event::getCount)
                        .isEqualTo(4));
    }

    @Test
    void t64DeniedThreeTimesTheStatusIsWrittenOnceAndTheWaitsGrow() throws InterruptedException {
        var zone = CA.zone("t64.test");
        fails(Operation.CHANGE_RESOURCE_RECORD_SETS, zone, denied("ChangeResourceRecordSets", zone), Integer.MAX_VALUE);
        var challenge = create("www.t64.test");
        assertThat(refused(challenge, "AccessDenied").statusOrEmpty().reason())
                .startsWith("failed to change Route 53 record set: AccessDenied: User: ")
                .contains("route53:ChangeResourceRecordSets");
        assertWaitsGrow(challenge, zone, "PresentError");
    }

    @Test
    void aDeniedLookUpOfTheZoneIsAskedAgainAndSaidOnce() throws InterruptedException {
        CA.zone("t64z.test");
        CA.simulator()
                .failNext(
                        Operation.LIST_HOSTED_ZONES_BY_NAME,
                        Fault.accessDenied(CA.simulator().userArn("acme53"), "route53:ListHostedZonesByName", "*"),
                        Integer.MAX_VALUE);
        var challenge = create("www.t64z.test");
        assertThat(refused(challenge, "AccessDenied").statusOrEmpty().reason())
                .startsWith("failed to determine Route 53 hosted zone ID: AccessDenied: ")
                .contains("route53:ListHostedZonesByName")
                .doesNotContainIgnoringCase("request id");
        TIME.awaitWait(challenge);
        var version = version(challenge);
        var asked = CA.simulator().count(Operation.LIST_HOSTED_ZONES_BY_NAME);
        for (var tries = 0; CA.simulator().count(Operation.LIST_HOSTED_ZONES_BY_NAME) < asked + 2; tries++) {
            assertThat(tries).isLessThan(10);
            TIME.pass(TIME.awaitWait(challenge));
            TIME.awaitWait(challenge);
        }
        assertThat(version(challenge)).isEqualTo(version);
    }

    @Test
    void aZoneThatWasReplacedIsLeftForItsSuccessor() {
        var first = CA.zone("replaced.example");
        passUntil(create("a.replaced.example"), State.VALID);
        CA.simulator().deleteZone(first);
        CA.zone("replaced.example");
        passUntil(create("b.replaced.example"), State.VALID);
    }

    @Test
    void credentialsThatAreNotThereYetAreNamedAndCountOnceTheyAre() {
        CA.zone("early.test");
        RIG.client.secrets().inNamespace(RIG.namespace.name()).withName("aws").delete();
        var challenge = create("www.early.test");
        assertThat(refused(challenge, "secret").statusOrEmpty().reason())
                .isEqualTo("error getting route53 secret access key: secret \"" + RIG.namespace.name()
                        + "/aws\" not found");
        RIG.secret(CA.simulator().accessKey().secret());
        passUntil(challenge, State.VALID);
    }

    @Test
    void t65DeniedCleanUpDoesAsMuch() throws InterruptedException {
        var zone = CA.zone("t65.test");
        var challenge = presented(create("www.t65.test"));
        fails(Operation.CHANGE_RESOURCE_RECORD_SETS, zone, denied("ChangeResourceRecordSets", zone), Integer.MAX_VALUE);
        RIG.delete(challenge);
        assertThat(refused(challenge, "AccessDenied").statusOrEmpty().reason())
                .startsWith("failed to change Route 53 record set: AccessDenied: User: ")
                .contains("route53:ChangeResourceRecordSets");
        assertWaitsGrow(challenge, zone, "CleanUpError");
        assertThat(RIG.isStored(challenge)).isTrue();
        CA.simulator().healAll();
        passUntilGone(challenge);
        assertThat(txt(zone)).isEmpty();
    }

    @Test
    void t66AZoneThatIsBusySixTimesIsNobodysFailure() {
        var zone = CA.zone("t66.test");
        fails(Operation.CHANGE_RESOURCE_RECORD_SETS, zone, Fault.priorRequestNotComplete(), 6);
        var challenge = presented(create("www.t66.test"));
        assertThat(writes(zone)).hasSize(7);
        assertApart(writes(zone));
        assertThat(RIG.eventReasons(challenge)).doesNotContain("PresentError");
    }

    @Test
    void t67AnAccountThatIsThrottledFourTimesIsNobodysFailure() {
        var zone = CA.zone("t67.test");
        fails(Operation.CHANGE_RESOURCE_RECORD_SETS, zone, Fault.throttling(), 4);
        var challenge = presented(create("www.t67.test"));
        assertThat(writes(zone)).hasSize(5);
        assertApart(writes(zone));
        assertThat(RIG.eventReasons(challenge)).doesNotContain("PresentError");
    }

    private static void assertApart(List<Call> calls) {
        for (var i = 1; i < calls.size(); i++) {
            assertThat(Duration.between(calls.get(i - 1).at(), calls.get(i).at()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void t68AChangePendingFiveTimesIsConfirmedAtTheSixthLookAndNoThreadWaits() throws InterruptedException {
        CA.zone("t68.test");
        CA.simulator().settings().insyncAfterPolls(5);
        var challenge = presented(create("www.t68.test"));
        var looks = CA.simulator().count(Operation.GET_CHANGE);
        while (CA.simulator().count(Operation.GET_CHANGE) < looks + 5) {
            assertThat(TIME.awaitWait(challenge)).as("no call is under way").isPositive();
            TIME.pass(Duration.ofSeconds(1));
        }
        assertThat(TIME.awaitWait(challenge)).as("no call is under way").isPositive();
        passUntil(challenge, State.VALID);
        assertThat(CA.simulator().count(Operation.GET_CHANGE)).isEqualTo(looks + 6);
    }

    @Test
    void t69AChangeThatStaysPendingIsSaidOnceAndFollowedOn() throws InterruptedException {
        var zone = CA.zone("t69.test");
        CA.simulator().settings().insyncAfter(Duration.ofMinutes(45));
        var challenge = presented(create("www.t69.test"));
        var since = challenge.statusOrEmpty().presentedAt();
        var change = challenge.getMetadata().getAnnotations().get(Annotations.ROUTE53_CHANGE);
        change = change.substring(change.lastIndexOf('/') + 1);
        TIME.awaitWait(challenge);
        TIME.pass(Duration.ofSeconds(118));
        TIME.awaitWait(challenge);
        assertThat(RIG.read(challenge).orElseThrow().statusOrEmpty().reason())
                .isEqualTo("Waiting for Route 53 to confirm change " + change);
        TIME.pass(Duration.ofSeconds(2));
        refused(challenge, "Route 53 has not confirmed change " + change + " since " + since);
        var version = version(challenge);
        var looks = CA.simulator().count(Operation.GET_CHANGE);
        for (var minute = 0; minute < 40; minute++) {
            TIME.pass(Duration.ofMinutes(1));
            TIME.awaitWait(challenge);
        }
        assertThat(version(challenge)).as("status is written once").isEqualTo(version);
        assertThat(CA.simulator().count(Operation.GET_CHANGE) - looks).isBetween(78L, 82L);
        assertThat(RIG.applied(challenge, Action.UPSERT)).isEqualTo(1);
        assertThat(RIG.isStored(challenge)).isTrue();
        assertThat(events(challenge, "PresentError")).isEmpty();
        passUntil(challenge, State.VALID);
        assertThat(writes(zone)).hasSizeLessThanOrEqualTo(2);
    }

    /// By a stage of its own, which has not learned yet how long changes take.
    @Test
    void t70ADeniedLookAtTheChangeIsToldWithinTenSecondsAndTheRecordKept() throws InterruptedException {
        CA.zone("t70.test");
        CA.simulator()
                .failNext(
                        Operation.GET_CHANGE,
                        Fault.accessDenied(
                                CA.simulator().userArn("acme53"), "route53:GetChange", "arn:aws:route53:::change/C"),
                        Integer.MAX_VALUE);
        try (var rig = new ChallengeRig(TestServers.kubernetes(), CA, Optional.of(TIME));
                var _ = rig.stage()) {
            var challenge = presented(rig.create("www.t70.test"));
            TIME.awaitWait(challenge);
            for (var second = 1; isWaiting(challenge); second++) {
                assertThat(second).as("seconds").isLessThanOrEqualTo(10);
                TIME.pass(Duration.ofSeconds(1));
                TIME.awaitWait(challenge);
            }
            assertThat(refused(challenge, "AccessDenied").statusOrEmpty().reason())
                    .contains("route53:GetChange");
            var version = version(challenge);
            for (var tries = 0; tries < 3; tries++) {
                TIME.pass(TIME.awaitWait(challenge));
            }
            TIME.awaitWait(challenge);
            assertThat(version(challenge)).as("status is written once").isEqualTo(version);
            assertThat(rig.isStored(challenge)).isTrue();
            CA.simulator().healAll();
            passUntil(challenge, State.VALID);
            assertThat(rig.applied(challenge, Action.UPSERT)).isEqualTo(1);
            rig.delete(challenge);
            passUntilGone(challenge);
        }
    }

    private static boolean isWaiting(Challenge challenge) {
        return RIG.read(challenge).orElseThrow().statusOrEmpty().reason().startsWith("Waiting");
    }

    @Test
    void t76TwoHundredInOneZoneCostAHandfulOfCalls() throws Exception {
        var zone = CA.zone("t76.test");
        CA.simulator().settings().insyncAfter(Duration.ofSeconds(30));
        var looks = CA.simulator().count(Operation.GET_CHANGE);
        RIG.route53().expect(200);
        var all = atOnce(200, n -> RIG.create("n" + n + ".t76.test"));
        made.addAll(all);
        all.forEach(VectorsIT::presented);
        assertThat(writes(zone)).hasSizeLessThanOrEqualTo(3);
        assertThat(txt(zone)).hasSize(200);
        RIG.route53().expect(200);
        for (var challenge : all) {
            passUntil(challenge, State.VALID);
        }
        await().atMost(PATIENCE).until(() -> txt(zone).isEmpty());
        assertThat(writes(zone)).as("present and clean-up").hasSizeLessThanOrEqualTo(3 + 2);
        assertThat(CA.simulator().count(Operation.GET_CHANGE) - looks).isLessThanOrEqualTo(12);
        assertThat(CA.simulator().calls())
                .filteredOn(c -> c.operation() == Operation.LIST_HOSTED_ZONES_BY_NAME
                        && "t76.test".equals(c.parameters().get("dnsname")))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static List<Challenge> atOnce(int count, IntFunction<Challenge> make) throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tasks = IntStream.range(0, count)
                    .<Callable<Challenge>>mapToObj(n -> () -> make.apply(n))
                    .toList();
            var all = new ArrayList<Challenge>();
            for (var task : threads.invokeAll(tasks)) {
                all.add(task.get());
            }
            return all;
        }
    }

    @Test
    void t83ASimpleRecordOfSomebodyElseIsJoinedAndLeftAsItWas() {
        var zone = CA.zone("t83.test");
        CA.simulator().addRecord(zone, "_acme-challenge.www.t83.test", "TXT", "\"theirs\"");
        var before = txt(zone);
        var challenge = presented(create("www.t83.test"));
        assertThat(txt(zone))
                .singleElement()
                .extracting(RecordSet::values)
                .isEqualTo(List.of("\"theirs\"", '"' + challenge.getSpec().key() + '"'));
        assertThat(challenge.getMetadata().getAnnotations().get(Annotations.ROUTE53_CHANGE))
                .endsWith("/merged");
        passUntil(challenge, State.VALID);
        RIG.awaitObject(challenge, c -> c.getMetadata().getFinalizers().isEmpty());
        assertThat(txt(zone)).isEqualTo(before);
    }

    @Test
    void t83ASimpleRecordThatMayNotBeListedIsAConflictThatIsSaidOnce() throws InterruptedException {
        var zone = CA.zone("t83b.test");
        CA.simulator().addRecord(zone, "_acme-challenge.www.t83b.test", "TXT", "\"theirs\"");
        var before = txt(zone);
        fails(Operation.LIST_RESOURCE_RECORD_SETS, zone, denied("ListResourceRecordSets", zone), Integer.MAX_VALUE);
        var challenge = create("www.t83b.test");
        assertThat(refused(challenge, "InvalidChangeBatch").statusOrEmpty().reason())
                .contains("_acme-challenge.www.t83b.test.", "ListResourceRecordSets, which is denied");
        var version = version(challenge);
        for (var tries = 0; tries < 2; tries++) {
            TIME.pass(TIME.awaitWait(challenge));
        }
        TIME.awaitWait(challenge);
        assertThat(version(challenge)).as("status is written once").isEqualTo(version);
        RIG.delete(challenge);
        passUntilGone(challenge);
        assertThat(txt(zone)).isEqualTo(before);
    }
}
