package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.route53.DistantRoute53.Asked;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import dev.acme53.route53.ZoneLane.Line;
import dev.acme53.route53.ZoneLane.NextCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Batches of a zone whose turn in the request budget is long in coming: one request in two and a half seconds, and the
/// first of them is spent.
@Timeout(30)
class LateBatchesTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Instant FIRST = START.plusMillis(2500);
    private static final Instant SECOND = START.plusMillis(5000);

    private final SharedTime time = new SharedTime(START);
    private final AccountCalls calls = new AccountCalls(new RequestLimits(0.4, 0), time, time::pause);
    private final ZoneLanes lanes = time.lanes(calls);
    private final DistantRoute53 route53 = new DistantRoute53(time, Duration.ZERO, _ -> null);

    @BeforeEach
    void hold() {
        time.hold();
    }

    private void spend() throws InterruptedException {
        calls.turn(route53.caller("spender"), RequestBudget.Use.WRITE);
    }

    @AfterEach
    void stop() {
        lanes.close();
    }

    private <T> CompletableFuture<T> at(double seconds, Callable<T> task) {
        return time.start(() -> {
            time.pause(Duration.ofMillis((long) (1000 * seconds)));
            return task.call();
        });
    }

    private ChangeResult wants(DistantRoute53 of, String identity, String zone, int number, Presence presence) {
        var record = new WantedRecord(Crowd.record(number, "example.com"), presence, Merged.NO);
        return time.want(lanes, of.caller(identity), zone, record);
    }

    private CompletableFuture<ChangeResult> wantsAt(double seconds, int number) {
        return at(seconds, () -> wants(route53, "me", "ZB", number, Presence.PRESENT));
    }

    private static void assertAt(Asked call, Instant time, int records) {
        assertThat(call.at()).isBetween(time, time.plusMillis(10));
        assertThat(call.records()).isEqualTo(records);
    }

    @Test
    void whatComesWhileALaneWaitsForItsTurnRidesInTheSameCall() throws Exception {
        spend();
        var early = wantsAt(0, 1);
        var later = wantsAt(1.5, 2);
        var last = wantsAt(2.4, 3);
        time.go();
        assertThat(List.of(early.get(), later.get(), last.get()))
                .hasOnlyElementsOfType(ChangeResult.Accepted.class)
                .containsOnly(early.get());
        assertThat(route53.asked()).singleElement().satisfies(call -> assertAt(call, FIRST, 3));
    }

    @Test
    void whatIsNoLongerWantedWhenTheTurnComesIsNotWritten() throws Exception {
        spend();
        var wanted = wantsAt(0, 1);
        var other = wantsAt(0.5, 2);
        var unwanted = at(1.5, () -> wants(route53, "me", "ZB", 1, Presence.ABSENT));
        time.go();
        assertThat(wanted.get()).isInstanceOf(ChangeResult.Failed.class);
        assertThat(other.get()).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(unwanted.get()).isEqualTo(other.get());
        assertThat(route53.asked()).singleElement().satisfies(call -> assertAt(call, FIRST, 2));
    }

    @Test
    void aTurnIsUsedForWhomItWasWaitedForAndNobodyElse() throws Exception {
        spend();
        var theirs = new DistantRoute53(time, Duration.ZERO, _ -> null);
        var mine = List.of(wantsAt(0, 1), wantsAt(1.5, 2));
        var their = at(0.5, () -> wants(theirs, "other", "ZB", 3, Presence.PRESENT));
        time.go();
        for (var each : mine) {
            assertThat(each.get()).isInstanceOf(ChangeResult.Accepted.class);
        }
        assertThat(their.get()).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(route53.asked()).singleElement().satisfies(call -> assertAt(call, FIRST, 2));
        assertThat(theirs.asked()).singleElement().satisfies(call -> assertAt(call, SECOND, 1));
    }

    @Test
    void aLaneThatIsClosedBeforeItsTurnTellsAllAtOnceAndGivesTheTurnBack() throws Exception {
        spend();
        var wanted = wantsAt(0, 1);
        var told = at(1.5, () -> {
            lanes.close();
            return time.await(wanted);
        });
        var left = at(2.52, () -> calls.budgets().getFirst());
        time.go();
        assertThat(told.get())
                .isEqualTo(new ChangeResult.Failed(new Route53Failure.Transient(
                        "failed to change Route 53 record set: interrupted: the controller stops")));
        assertThat(left.get()).isEqualTo(new AccountBudget("aws", "", 1, 0.4, 0));
        assertThat(route53.asked()).isEmpty();
    }

    @Test
    void aLaneThatIsInterruptedBeforeItsTurnTellsAll() throws Exception {
        var broken = new AccountCalls(new RequestLimits(0.4, 0), time, _ -> {
            throw new InterruptedException();
        });
        broken.turn(route53.caller("spender"), RequestBudget.Use.WRITE);
        try (var others = time.lanes(broken)) {
            var record = new WantedRecord(Crowd.record(1, "example.com"), Presence.PRESENT, Merged.NO);
            var told = at(0, () -> time.want(others, route53.caller("me"), "ZC", record));
            time.go();
            assertThat(told.get()).isEqualTo(new ChangeResult.Failed(BatchCall.STOPPED));
        }
    }

    @Test
    void aLaneThatWaitsForItsTurnIsShownAsOneThatDoes() throws Exception {
        spend();
        var wanted = wantsAt(0, 1);
        var shown = at(1, lanes::lanes);
        time.go();
        assertThat(wanted.get()).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(shown.get()).singleElement().satisfies(lane -> {
            assertThat(lane.lines()).containsExactly(new Line("me", 1, START));
            assertThat(lane.next()).contains(new NextCall("me", START.plusMillis(250)));
            assertThat(lane.open()).isEmpty();
        });
        assertThat(lanes.lanes()).allMatch(lane -> lane.next().isEmpty());
    }

    @Test
    void afterMoreChangesThanCanBeAskedForRecordsOfABusyZoneWaitLongerForCompany() throws Exception {
        var limits = new RequestLimits(4, 0);
        var quick = new AccountCalls(limits, time, time::pause);
        var changes = new ChangeTracker(quick, limits, time, (_, _) -> {}, () -> {});
        IntStream.range(0, 100).forEach(change -> changes.follow(route53.caller("me"), "C" + change, () -> {}));
        try (var busy = time.lanes(quick)) {
            var wanted = List.of(
                    time.start(() -> time.want(busy, route53.caller("me"), "ZB", present(1))),
                    time.start(() -> time.want(busy, route53.caller("me"), "ZC", present(2))),
                    at(1, () -> time.want(busy, route53.caller("me"), "ZB", present(3))),
                    at(4, () -> time.want(busy, route53.caller("me"), "ZB", present(4))));
            time.go();
            for (var each : wanted) {
                assertThat(each.get()).isInstanceOf(ChangeResult.Accepted.class);
            }
            assertThat(wanted.get(2).get()).isEqualTo(wanted.get(3).get());
        }
        assertThat(route53.asked()).hasSize(3).satisfies(asked -> {
            assertAt(asked.get(0), START.plusMillis(250), 1);
            assertAt(asked.get(1), START.plusMillis(250), 1);
            assertThat(asked.get(2).records()).isEqualTo(2);
            assertThat(asked.get(2).at()).isAfter(START.plusMillis(4_000));
        });
    }

    private static WantedRecord present(int number) {
        return new WantedRecord(Crowd.record(number, "example.com"), Presence.PRESENT, Merged.NO);
    }
}
