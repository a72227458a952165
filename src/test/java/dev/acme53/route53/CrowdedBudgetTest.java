package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.RequestBudget.Use;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An account whose six requests a second somebody would spend alone, at times that are kept to the millisecond.
@Timeout(30)
class CrowdedBudgetTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final RequestLimits LIMITS = new RequestLimits(10, 0.4);

    private final SharedTime time = new SharedTime(START);
    private final AccountCalls calls = new AccountCalls(LIMITS, time, time::pause);
    private final AtomicInteger numbers = new AtomicInteger();
    private final DistantRoute53 route53 = new DistantRoute53(time, Duration.ofMillis(100), _ -> null);

    private CompletableFuture<Duration> turn(double after, String share, Use use) {
        return time.start(() -> {
            time.pause(Duration.ofMillis((long) (1000 * after)));
            var begun = time.instant();
            calls.turn(route53.caller(share), use);
            return Duration.between(begun, time.instant());
        });
    }

    private CompletableFuture<Instant> turns(int number, String share, Use use) {
        return time.start(() -> {
            for (var i = 0; i < number; i++) {
                calls.turn(route53.caller(share), use);
            }
            return time.instant();
        });
    }

    @ParameterizedTest
    @CsvSource({"LOOKUP, 2", "POLL, 4"})
    void whoNeedsARequestGetsItThoughAnotherHasTwentyZonesToWriteToAndLooksUpAndPolls(Use use, double bound)
            throws Exception {
        time.hold();
        for (var rested = 0; rested < LIMITS.burst(); rested++) {
            calls.turn(route53.caller("crowd"), Use.WRITE);
        }
        var crowd = new ArrayList<CompletableFuture<Instant>>();
        for (var zone = 0; zone < 20; zone++) {
            crowd.add(turns(15, "crowd", Use.WRITE));
        }
        for (var others = 0; others < 4; others++) {
            crowd.add(turns(10, "crowd", Use.POLL));
            crowd.add(turns(10, "crowd", Use.LOOKUP));
        }
        var one = turn(20, "one", use);
        time.go();
        assertThat(one.get()).isLessThanOrEqualTo(Duration.ofMillis((long) (1000 * bound)));
        var last = START;
        for (var each : crowd) {
            last = each.get().isAfter(last) ? each.get() : last;
        }
        var rest = 20 * 15 + 8 * 10 + 1;
        assertThat(Duration.between(START, last).toMillis() / 1000.0)
                .as("no request is left unused")
                .isBetween(rest / LIMITS.rate() - 0.1, rest / LIMITS.rate() + 0.5);
    }

    private CompletableFuture<Duration> record(Caller caller, String zone, double after, ZoneLanes lanes) {
        return time.start(() -> {
            time.pause(Duration.ofMillis((long) (1000 * after)));
            var begun = time.instant();
            var record = Crowd.record(numbers.incrementAndGet(), "example.com");
            assertThat(time.want(lanes, caller, zone, new WantedRecord(record, Presence.PRESENT, Merged.NO)))
                    .isInstanceOf(ChangeResult.Accepted.class);
            return Duration.between(begun, time.instant());
        });
    }

    @ParameterizedTest
    @CsvSource({"shared, ''", "own, ''", "own, 222222222222"})
    void whoComesToAZoneThatWaitsForAnothersTurnGoesBeforeThatOnesOtherZones(String credentials, String account)
            throws Exception {
        var sharing = route53.caller(credentials, "one");
        var one = new Caller(credentials, credentials, "one", "aws", account, sharing.client());
        try (var lanes = time.lanes(calls)) {
            time.hold();
            for (var rested = 0; rested < LIMITS.burst(); rested++) {
                calls.turn(route53.caller("shared", "crowd"), Use.WRITE);
            }
            var crowd = IntStream.range(0, 20)
                    .mapToObj(zone -> record(route53.caller("shared", "crowd"), "Z" + zone, zone * 0.001, lanes))
                    .toList();
            var its = record(one, "Z19", 0.4, lanes);
            time.go();
            assertThat(its.get()).isLessThanOrEqualTo(Duration.ofSeconds(1));
            var last = Duration.ZERO;
            for (var each : crowd) {
                last = each.get().compareTo(last) > 0 ? each.get() : last;
            }
            assertThat(last.toMillis() / 1000.0)
                    .as("no request is left unused")
                    .isBetween(3.2, 21 / LIMITS.rate() + 0.5);
        }
    }

    /// Records of a tenant in one zone, one after the other for three quarters of a minute, followed as Challenges
    /// follow them; how long each waited to be accepted.
    private CompletableFuture<List<Duration>> records(
            Caller caller, String zone, double after, ZoneLanes lanes, Changes changes) {
        return time.start(() -> {
            var waits = new ArrayList<Duration>();
            time.pause(Duration.ofMillis((long) (1000 * after)));
            while (time.instant().isBefore(START.plusSeconds(45))) {
                var begun = time.instant();
                var record = Crowd.record(numbers.incrementAndGet(), "example.com");
                var result = time.want(lanes, caller, zone, new WantedRecord(record, Presence.PRESENT, Merged.NO));
                waits.add(Duration.between(begun, time.instant()));
                changes.follow(caller, ((ChangeResult.Accepted) result).changeId(), () -> {});
                time.pause(Duration.ofMillis(700));
            }
            return waits;
        });
    }

    @ParameterizedTest
    @CsvSource({"one, 0, 2500", "crowd, 5000, 12000"})
    void aTenantsRecordInABusyZoneWaitsLongOnlyIfItsOwnChangesHaveMadeTheBudgetShort(
            String tenant, int atLeast, int atMost) throws Exception {
        var changes = new ChangeTracker(calls, LIMITS, time, (_, _) -> {}, () -> {});
        try (var lanes = time.lanes(calls)) {
            time.hold();
            var crowd = IntStream.range(0, 20)
                    .mapToObj(zone -> records(route53.caller("shared", "crowd"), "Z" + zone, 0, lanes, changes))
                    .toList();
            var some = records(route53.caller("shared", tenant), "Z7", 20, lanes, changes);
            time.go();
            assertThat(Collections.max(some.get())).isBetween(Duration.ofMillis(atLeast), Duration.ofMillis(atMost));
            for (var each : crowd) {
                assertThat(Collections.max(each.get())).isGreaterThan(Duration.ofSeconds(5));
            }
        }
    }
}
