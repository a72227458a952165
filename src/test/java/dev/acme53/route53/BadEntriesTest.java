package dev.acme53.route53;

import static dev.acme53.route53.FakeRoute53.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;

/// Batches with bad entries in them that Route 53 does not name.
@Timeout(30)
class BadEntriesTest {
    private static final int RECORDS = 300;

    private final Crowd crowd = new Crowd(new RequestLimits(1000, 0));

    @AfterEach
    void stop() {
        crowd.close();
    }

    private static List<ChallengeRecord> records() {
        return IntStream.range(0, RECORDS)
                .mapToObj(n -> Crowd.record(n, "example.com"))
                .toList();
    }

    private static boolean holdsOneOf(List<Change> changes, Set<String> values) {
        return changes.stream()
                .anyMatch(c -> values.contains(c.resourceRecordSet().setIdentifier()));
    }

    private static Set<String> values(IntStream numbers) {
        return numbers.mapToObj(n -> '"' + Crowd.value(n) + '"').collect(Collectors.toSet());
    }

    private List<ChangeResult> want(StrictRoute53 route53) throws Exception {
        return crowd.all(new Caller("me", "me", "tenant", "aws", "", () -> route53), "Z1", records(), Presence.PRESENT);
    }

    private static List<Integer> failed(List<ChangeResult> results) {
        return IntStream.range(0, results.size())
                .filter(n -> results.get(n) instanceof ChangeResult.Failed)
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void threeOfThreeHundredAreFoundWithinSeventyFiveWritesAlthoughEveryThirdIsThrottled(long seed) throws Exception {
        var bad = new SplittableRandom(seed)
                .ints(0, RECORDS)
                .distinct()
                .limit(3)
                .boxed()
                .sorted()
                .toList();
        var values = values(bad.stream().mapToInt(n -> n));
        var route53 = new StrictRoute53(
                changes -> holdsOneOf(changes, values)
                        ? error(400, "InvalidChangeBatch", "[Something in here is wrong]")
                        : null,
                3);
        var results = want(route53);
        assertThat(failed(results)).as("seed %d", seed).isEqualTo(bad);
        assertThat(route53.writes.get()).as("seed %d", seed).isLessThanOrEqualTo(75);
    }

    @Test
    void aZoneThatTakesNothingAndDoesNotSayWhyIsNotAskedAboutEachRecord() throws Exception {
        var route53 = new StrictRoute53(_ -> error(400, "InvalidChangeBatch", "[Something in here is wrong]"), 0);
        assertThat(failed(want(route53))).hasSize(RECORDS);
        assertThat(route53.writes.get()).isLessThanOrEqualTo(90);
    }

    @Test
    void aZoneThatIsGoneIsAskedForOnceHoweverManyWantARecordInIt() throws Exception {
        var route53 = new StrictRoute53(_ -> error(404, "NoSuchHostedZone", "No hosted zone found with ID: Z1"), 0);
        for (var round = 0; round < 2; round++) {
            assertThat(want(route53))
                    .allSatisfy(result -> assertThat(((ChangeResult.Failed) result).failure())
                            .isInstanceOf(Route53Failure.NoSuchZone.class));
            assertThat(route53.writes.get()).isOne();
        }
        crowd.clock.advance(Duration.ofSeconds(5));
        want(route53);
        assertThat(route53.writes.get()).as("one record, and all of them know").isEqualTo(2);
    }

    @Test
    void whoComesWhileRecordsAreLookedAtOneByOneIsNotBehindAllOfThem() throws Exception {
        var looks = new AtomicInteger();
        var written = new CompletableFuture<Integer>();
        var limits = new RequestLimits(10, 0.4);
        try (var slow = new Crowd(limits)) {
            for (var rested = 0; rested < limits.burst(); rested++) {
                slow.calls.turn(new FakeRoute53().caller("me"), RequestBudget.Use.WRITE);
            }
            var one = new StrictRoute53(_ -> null, 0);
            var taken = new StrictRoute53(changes -> error(400, "InvalidChangeBatch", conflicts(changes)), 0, () -> {
                if (looks.incrementAndGet() == 3) {
                    slow.lanes.want(
                            new Caller("me", "me", "one", "aws", "", () -> one),
                            "Z1",
                            new WantedRecord(Crowd.record(999, "example.com"), Presence.PRESENT, Merged.NO),
                            _ -> written.complete(looks.get()));
                }
            });
            assertThat(slow.all(
                            new Caller("me", "me", "many", "aws", "", () -> taken), "Z1", records(), Presence.PRESENT))
                    .hasOnlyElementsOfType(ChangeResult.Failed.class);
        }
        assertThat(looks.get()).isEqualTo(RECORDS);
        assertThat(written.get()).isLessThanOrEqualTo(3 + 5);
    }

    @Test
    void whoComesWhileABatchIsTakenApartIsNotBehindAllOfIt() throws Exception {
        var written = new CompletableFuture<Integer>();
        try (var slow = new Crowd(new RequestLimits(10, 0.4))) {
            var calls = new AtomicInteger();
            var one = new StrictRoute53(_ -> null, 0);
            var many = new StrictRoute53(
                    changes -> {
                        if (calls.incrementAndGet() == 20) {
                            slow.lanes.want(
                                    new Caller("me", "me", "one", "aws", "", () -> one),
                                    "Z1",
                                    new WantedRecord(Crowd.record(999, "example.com"), Presence.PRESENT, Merged.NO),
                                    _ -> written.complete(calls.get()));
                        }
                        return changes.size() > 10 ? error(400, "InvalidChangeBatch", "[Something is wrong]") : null;
                    },
                    0);
            assertThat(slow.all(
                            new Caller("me", "me", "many", "aws", "", () -> many), "Z1", records(), Presence.PRESENT))
                    .hasOnlyElementsOfType(ChangeResult.Accepted.class);
            assertThat(calls.get()).isGreaterThan(50);
        }
        assertThat(written.get()).isLessThanOrEqualTo(20 + 4);
    }

    @Test
    void whatWasWantedOfARecordInAPartIsSentBeforeWhatIsWantedLater() throws Exception {
        var sent = new ArrayList<Boolean>();
        var later = new CompletableFuture<ChangeResult>();
        try (var slow = new Crowd(new RequestLimits(10, 0.4))) {
            var last = records().getLast();
            var calls = new AtomicInteger();
            var caller = new CompletableFuture<Caller>();
            var route53 = new StrictRoute53(
                    changes -> {
                        changes.stream()
                                .filter(c ->
                                        c.resourceRecordSet().setIdentifier().contains(last.value()))
                                .forEach(c -> sent.add(c.action() == ChangeAction.UPSERT));
                        if (calls.incrementAndGet() == 20) {
                            slow.lanes.want(
                                    caller.join(),
                                    "Z1",
                                    new WantedRecord(last, Presence.ABSENT, Merged.NO),
                                    later::complete);
                        }
                        return changes.size() > 10 ? error(400, "InvalidChangeBatch", "[Something is wrong]") : null;
                    },
                    0);
            caller.complete(new Caller("me", "me", "many", "aws", "", () -> route53));
            slow.all(caller.join(), "Z1", records(), Presence.PRESENT);
            assertThat(later.get()).isInstanceOf(ChangeResult.Accepted.class);
        }
        assertThat(sent).endsWith(true, false).filteredOn(upsert -> !upsert).hasSize(1);
    }

    /// As Route 53 says it of names where somebody else has a simple record.
    private static String conflicts(List<Change> changes) {
        return changes.stream()
                .map(Change::resourceRecordSet)
                .map(set -> "RRSet with DNS name %s, type TXT, SetIdentifier %s cannot be created as other RRSets exist"
                        .formatted(set.name(), set.setIdentifier()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Test
    void whatIsDeniedByRecordIsFoundWhileHalvesPass() throws Exception {
        var values = values(IntStream.of(77));
        var route53 = new StrictRoute53(
                changes -> holdsOneOf(changes, values) ? error(403, "AccessDenied", "not authorized") : null, 0);
        assertThat(failed(want(route53))).containsExactly(77);
        assertThat(route53.writes.get()).isLessThanOrEqualTo(20);
    }

    @Test
    void bothHalvesDeniedIsAllDenied() throws Exception {
        var route53 = new StrictRoute53(_ -> error(403, "AccessDenied", "not authorized"), 0);
        assertThat(failed(want(route53))).hasSize(RECORDS);
        assertThat(route53.writes.get()).isEqualTo(3);
    }

    @Test
    void aFaultOfTheControllerItselfLeavesTheLaneOpen() throws Exception {
        var faults = new AtomicInteger();
        var route53 = new StrictRoute53(
                _ -> faults.getAndIncrement() == 0 ? new IllegalStateException("never foreseen") : null, 0);
        assertThat(failed(want(route53))).hasSize(RECORDS);
        assertThat(failed(want(route53))).isEmpty();
    }

    @Test
    void anErrorOfTheJvmLeavesTheLaneOpenToo() throws Exception {
        var faults = new AtomicInteger();
        var route53 = new StrictRoute53(
                _ -> {
                    if (faults.getAndIncrement() == 0) {
                        throw new StackOverflowError("never foreseen");
                    }
                    return null;
                },
                0);
        assertThat(failed(want(route53))).hasSize(RECORDS);
        assertThat(failed(want(route53))).isEmpty();
    }

    @Test
    void whoWaitsWhenTheThreadOfTheLaneEndsIsToldAndTheNextHasAnother() throws Exception {
        var faults = new AtomicInteger();
        var route53 = new FakeRoute53();
        try (var lanes = new ZoneLanes(crowd.calls, crowd.clock, new SplittableRandom(1), time -> {
            if (faults.getAndIncrement() == 0) {
                throw new NoClassDefFoundError("never foreseen");
            }
            crowd.clock.advance(time);
        })) {
            var wanted = new WantedRecord(records().getFirst(), Presence.PRESENT, Merged.NO);
            assertThat(Blocking.want(lanes, route53.caller("me"), "Z1", wanted))
                    .isInstanceOf(ChangeResult.Failed.class);
            assertThat(Blocking.want(lanes, route53.caller("me"), "Z1", wanted))
                    .isInstanceOf(ChangeResult.Accepted.class);
        }
    }

    @Test
    void whoWaitsForTheOtherHalfIsToldWhenThatOneMeetsAFault() throws Exception {
        var calls = new AtomicInteger();
        var route53 = new StrictRoute53(
                _ -> switch (calls.incrementAndGet()) {
                    case 1, 2 -> error(403, "AccessDenied", "not authorized");
                    case 3 -> new IllegalStateException("never foreseen");
                    default -> null;
                },
                0);
        assertThat(failed(want(route53))).hasSize(RECORDS);
    }

    @Test
    void aRecordThatIsDeniedAgainAndAgainKeepsNobodyElseWaiting() throws Exception {
        var values = values(IntStream.of(77));
        var route53 = new StrictRoute53(
                changes -> holdsOneOf(changes, values) ? error(403, "AccessDenied", "not authorized") : null, 0);
        for (var round = 0; round < 30; round++) {
            assertThat(failed(want(route53))).containsExactly(77);
            crowd.clock.advance(Duration.ofSeconds(15));
        }
        assertThat(route53.denied.get()).isLessThanOrEqualTo(20);
    }

    @Test
    void whoComesBackAfterAWaitOfItsOwnIsNotHeldBack() throws Exception {
        var route53 = new StrictRoute53(_ -> error(403, "AccessDenied", "not authorized"), 0);
        var caller = new Caller("me", "me", "tenant", "aws", "", () -> route53);
        var one = List.of(Crowd.record(1, "example.com"));
        var tries = 0;
        for (var seconds : List.of(5, 10, 20, 40, 80, 160, 300, 300)) {
            assertThat(crowd.all(caller, "Z1", one, Presence.PRESENT)).hasOnlyElementsOfType(ChangeResult.Failed.class);
            assertThat(route53.writes.get()).isEqualTo(++tries);
            crowd.clock.advance(Duration.ofMillis(900 * seconds));
        }
    }

    @Test
    void onceAPolicyIsMendedAllGoTogetherAgain() throws Exception {
        var mended = new AtomicBoolean();
        var route53 = new StrictRoute53(_ -> mended.get() ? null : error(403, "AccessDenied", "not authorized"), 0);
        want(route53);
        mended.set(true);
        crowd.clock.advance(Duration.ofSeconds(6));
        assertThat(failed(want(route53))).isEmpty();
        assertThat(route53.writes.get()).isEqualTo(3 + 2);
    }

    @Test
    void whoCameLaterIsNotOutOfPatienceWithTheFirst() throws Exception {
        var free = Crowd.START.plusSeconds(125);
        var route53 = new StrictRoute53(
                _ -> crowd.clock.instant().isBefore(free) ? error(400, "PriorRequestNotComplete", "busy") : null, 0);
        var caller = new Caller("me", "me", "tenant", "aws", "", () -> route53);
        crowd.expect(1);
        var first = crowd.wants(caller, "Z1", Crowd.record(1, "example.com"), Presence.PRESENT);
        while (crowd.clock.instant().isBefore(Crowd.START.plusSeconds(60))) {
            Thread.onSpinWait();
        }
        crowd.expect(1);
        var second = crowd.wants(caller, "Z1", Crowd.record(2, "example.com"), Presence.PRESENT);
        assertThat(first.get()).isInstanceOf(ChangeResult.Failed.class);
        assertThat(second.get()).isInstanceOf(ChangeResult.Accepted.class);
    }

    @Test
    void onceClosedNothingIsSentAndWhoWaitsIsTold() throws Exception {
        var route53 = new StrictRoute53(
                _ -> {
                    crowd.lanes.close();
                    return error(400, "PriorRequestNotComplete", "busy");
                },
                0);
        assertThat(failed(want(route53))).hasSize(RECORDS);
        assertThat(failed(want(route53))).hasSize(RECORDS);
        assertThat(route53.writes.get()).isEqualTo(1);
    }

    @Test
    void whoseHalfIsDeniedAfterTheOtherWasGivenUpIsTold() throws Exception {
        var calls = new AtomicInteger();
        var route53 = new StrictRoute53(
                _ -> {
                    if (calls.incrementAndGet() == 2) {
                        crowd.lanes.close();
                    }
                    return error(403, "AccessDenied", "not authorized");
                },
                0);
        assertThat(failed(want(route53))).hasSize(RECORDS);
        assertThat(route53.writes.get()).isEqualTo(2);
    }

    @Test
    void aFaultOfTheNetworkIsEverybodysAndIsNotTakenApart() throws Exception {
        var route53 = new StrictRoute53(_ -> error(500, "InternalFailure", "no"), 0);
        assertThat(failed(want(route53))).hasSize(RECORDS);
        assertThat(route53.writes.get()).isEqualTo(1);
    }
}
