package dev.acme53.route53;

import static dev.acme53.route53.FakeRoute53.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.route53.DistantRoute53.Asked;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;

/// Several zones and tenants, one account's request budget, at times that are kept to the millisecond.
@Timeout(30)
class SharedBudgetTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    /// How long a wish waits for company.
    private static final Duration QUIET = Duration.ofMillis(250);

    private final SharedTime time = new SharedTime(START);
    private ZoneLanes lanes = lanes(new RequestLimits(10, 0.4));

    @AfterEach
    void stop() {
        lanes.close();
    }

    private ZoneLanes lanes(RequestLimits limits) {
        return time.lanes(new AccountCalls(limits, time, time::pause));
    }

    private DistantRoute53 route53(Duration away, Function<String, @Nullable RuntimeException> verdict) {
        return new DistantRoute53(time, away, verdict);
    }

    /// What came of a wish, and how long after the start.
    private record Told(ChangeResult result, Duration after) {}

    private CompletableFuture<Told> wants(Caller caller, String zone, int number, Presence presence) {
        return time.start(() -> {
            var begun = time.instant();
            var wanted = new WantedRecord(Crowd.record(number, "example.com"), presence, Merged.NO);
            return new Told(time.want(lanes, caller, zone, wanted), Duration.between(begun, time.instant()));
        });
    }

    private List<CompletableFuture<Told>> wants(Caller caller, String zone, IntStream numbers, Presence presence) {
        return numbers.mapToObj(n -> wants(caller, zone, n, presence)).toList();
    }

    private static List<Told> told(List<CompletableFuture<Told>> tasks) throws Exception {
        var all = new ArrayList<Told>();
        for (var task : tasks) {
            all.add(task.get());
        }
        return all;
    }

    private static void assertTaken(List<Told> all) {
        assertThat(all).extracting(Told::result).allMatch(ChangeResult.Accepted.class::isInstance);
    }

    /// No span of time has more calls in it than a rested bucket and its refill allow.
    private static void assertWithin(List<Asked> calls, double burst, double rate) {
        for (var i = 0; i < calls.size(); i++) {
            for (var j = i; j < calls.size(); j++) {
                var span =
                        Duration.between(calls.get(i).at(), calls.get(j).at()).toNanos() / 1e9;
                assertThat(j - i + 1.0).as("calls %d to %d", i, j).isLessThanOrEqualTo(burst + rate * span + 1e-6);
            }
        }
    }

    @Test
    void t78TenZonesGoSideBySideAndNeverFasterThanTheLimit() throws Exception {
        lanes = lanes(new RequestLimits(4, 0));
        var route53 = route53(Duration.ofSeconds(1), _ -> null);
        var me = route53.caller("me");
        for (var round = 0; round < 6; round++) {
            time.hold();
            var tasks = new ArrayList<CompletableFuture<Told>>();
            for (var zone = 0; zone < 10; zone++) {
                tasks.addAll(wants(
                        me,
                        "Z" + zone,
                        IntStream.range((10 * round + zone) * 20, (10 * round + zone + 1) * 20),
                        Presence.PRESENT));
            }
            time.go();
            assertTaken(told(tasks));
        }
        assertThat(route53.asked()).hasSize(60).allMatch(a -> a.records() == 20);
        assertThat(route53.asked().subList(0, 10))
                .allMatch(a -> a.at().equals(START.plus(QUIET)))
                .extracting(Asked::open)
                .contains(10);
        assertWithin(route53.asked(), 10, 4);
        var last = route53.asked().getLast().at();
        assertThat(Duration.between(START, last)).as("the limit is made use of").isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void thoseWhoWaitForAZoneAreShownUntilTheyHaveAnAnswer() throws Exception {
        var seen = new ArrayList<ZoneLane>();
        var route53 = route53(Duration.ofMillis(100), _ -> {
            seen.addAll(lanes.lanes());
            return null;
        });
        time.hold();
        var tasks = wants(route53.caller("me"), "ZA", IntStream.range(0, 20), Presence.PRESENT);
        time.go();
        assertTaken(told(tasks));
        assertThat(seen).singleElement().satisfies(lane -> {
            assertThat(lane.partition()).isEqualTo("aws");
            assertThat(lane.zoneId()).isEqualTo("ZA");
            assertThat(lane.lines()).containsExactly(new ZoneLane.Line("me", 20, START));
        });
        assertThat(lanes.lanes()).flatExtracting(ZoneLane::lines).isEmpty();
    }

    @Test
    void aLaneShowsWhoWaitsTheOpenCallAndWhatWasSent() throws Exception {
        var seen = new ArrayList<ZoneLane>();
        var route53 = route53(Duration.ofSeconds(1), _ -> {
            seen.addAll(lanes.lanes());
            return null;
        });
        time.hold();
        var tasks = wants(route53.caller("me"), "ZA", IntStream.range(0, 20), Presence.PRESENT);
        time.go();
        assertTaken(told(tasks));
        var called = START.plus(QUIET);
        assertThat(seen)
                .containsExactly(new ZoneLane(
                        "aws",
                        "ZA",
                        List.of(new ZoneLane.Line("me", 20, START)),
                        Optional.empty(),
                        Optional.of(new ZoneLane.OpenCall("me", 20, called)),
                        Optional.empty(),
                        new ZoneLane.Sent(0, 0, Optional.empty())));
        assertThat(lanes.lanes())
                .containsExactly(new ZoneLane(
                        "aws",
                        "ZA",
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new ZoneLane.Sent(1, 20, Optional.of(called.plusSeconds(1)))));
    }

    @Test
    void aLaneThatWasToldToWaitShowsUntilWhen() throws Exception {
        var seen = new ArrayList<ZoneLane>();
        var route53 = route53(Duration.ZERO, _ -> {
            if (!seen.isEmpty()) {
                return null;
            }
            time.start(() -> {
                time.pause(Duration.ofMillis(500));
                return seen.addAll(lanes.lanes());
            });
            return error(400, "PriorRequestNotComplete", "busy");
        });
        assertTaken(told(List.of(wants(route53.caller("me"), "ZA", 1, Presence.PRESENT))));
        assertThat(seen).singleElement().satisfies(lane -> {
            assertThat(lane.open()).isEmpty();
            assertThat(lane.nextTry().orElseThrow())
                    .isBetween(
                            START.plus(QUIET).plusMillis(1000),
                            START.plus(QUIET).plusMillis(1100));
        });
        assertThat(lanes.lanes().getFirst().nextTry()).isEmpty();
    }

    @Test
    void t78PollsAndWritesShareTheLimitAndWritesGoFirst() throws Exception {
        var limits = new RequestLimits(4, 0);
        var calls = new AccountCalls(limits, time, time::pause);
        lanes = time.lanes(calls);
        var route53 = route53(Duration.ofMillis(100), _ -> null);
        var me = route53.caller("me");
        time.hold();
        var polls = IntStream.range(0, 60)
                .mapToObj(n -> time.start(() -> calls.call(
                        me,
                        RequestBudget.Use.POLL,
                        client -> client.getChange(
                                GetChangeRequest.builder().id("C" + n).build()))))
                .toList();
        var writes = IntStream.range(0, 10)
                .mapToObj(n -> wants(me, "Z" + n, n, Presence.PRESENT))
                .toList();
        time.go();
        assertTaken(told(writes));
        for (var poll : polls) {
            poll.get();
        }
        assertWithin(route53.asked(), 10, 4);
        // ten polls had the burst before the writes were due, and one perhaps the token of that moment
        assertThat(route53.asked().subList(10, 21))
                .filteredOn(a -> !a.zone().isEmpty())
                .hasSize(10);
    }

    @Test
    void t79AZoneThatIsBusyForTwentySecondsHoldsUpNoOther() throws Exception {
        time.start(this::aZoneIsBusyForTwentySeconds).get();
    }

    private Void aZoneIsBusyForTwentySeconds() throws Exception {
        var busyUntil = START.plusSeconds(20);
        var route53 = route53(
                Duration.ofMillis(100),
                zone -> zone.equals("ZA") && time.instant().isBefore(busyUntil)
                        ? error(400, "PriorRequestNotComplete", "busy")
                        : null);
        var me = route53.caller("me");
        var busy = wants(me, "ZA", 0, Presence.PRESENT);
        var second = wants(me, "ZB", 0, Presence.PRESENT);
        for (var wave = 1; ; wave++) {
            var told = time.await(second);
            assertTaken(List.of(told));
            assertThat(told.after()).as("wave %d", wave).isEqualTo(QUIET.plusMillis(100));
            if (busy.isDone()) {
                break;
            }
            second = wants(me, "ZB", wave, Presence.PRESENT);
        }
        assertTaken(List.of(busy.get()));
        assertThat(busy.get().after()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(36));
        assertThat(route53.asked("ZA")).hasSizeLessThanOrEqualTo(6);
        assertThat(route53.asked("ZB")).hasSizeGreaterThan(50);
        return null;
    }

    /// What the account grants besides what others take.
    private static final class Grant implements Function<String, @Nullable RuntimeException> {
        private final SharedTime time;
        private final double perSecond;
        private double tokens;
        private Instant filled = START;

        Grant(SharedTime time, double perSecond) {
            this.time = time;
            this.perSecond = perSecond;
            tokens = perSecond;
        }

        @Override
        public @Nullable RuntimeException apply(String zone) {
            var now = time.instant();
            tokens = Math.min(perSecond, tokens + Duration.between(filled, now).toNanos() / 1e9 * perSecond);
            filled = now;
            if (tokens < 1) {
                return error(400, "Throttling", "Rate exceeded");
            }
            tokens--;
            return null;
        }
    }

    @Test
    void t78t79ZonesOfAThrottledAccountShareWhatIsLeftAndFewCallsAreRefused() throws Exception {
        var route53 = route53(Duration.ofMillis(100), new Grant(time, 2));
        var me = route53.caller("me");
        time.hold();
        var tasks = new ArrayList<CompletableFuture<Told>>();
        for (var zone = 0; zone < 10; zone++) {
            tasks.addAll(wants(me, "Z" + zone, IntStream.range(zone * 20, zone * 20 + 20), Presence.PRESENT));
        }
        time.go();
        var told = told(tasks);
        assertTaken(told);
        assertThat(told).extracting(Told::after).allMatch(a -> a.compareTo(Duration.ofSeconds(60)) < 0);
        assertThat(route53.asked()).filteredOn(Asked::refused).hasSizeLessThanOrEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"ZA, other", "ZB, other", "ZB, me", "ZA, me"})
    void aTenantWithOneWaitsAtMostThreeSecondsBehindAnothersTwoThousand(String zone, String identity) throws Exception {
        var route53 = route53(Duration.ofMillis(300), _ -> null);
        time.hold();
        var many = wants(route53.caller("me"), "ZA", IntStream.range(0, 2000), Presence.PRESENT);
        var one = wants(route53.caller(identity), zone, 5000, Presence.PRESENT);
        time.go();
        assertTaken(List.of(one.get()));
        assertThat(one.get().after()).isLessThanOrEqualTo(Duration.ofSeconds(3));
        assertTaken(told(many));
    }
}
