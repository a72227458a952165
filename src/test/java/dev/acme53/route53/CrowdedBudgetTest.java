package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.route53.RequestBudget.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.FutureTask;
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
    private final DistantRoute53 route53 = new DistantRoute53(time, Duration.ofMillis(100), _ -> null);

    private FutureTask<Duration> turn(double after, String share, Use use) {
        return time.start(() -> {
            time.pause(Duration.ofMillis((long) (1000 * after)));
            var begun = time.instant();
            calls.turn(route53.caller(share), use);
            return Duration.between(begun, time.instant());
        });
    }

    private FutureTask<Instant> turns(int number, String share, Use use) {
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
        var crowd = new ArrayList<FutureTask<Instant>>();
        for (var zone = 0; zone < 20; zone++) {
            crowd.add(turns(15, "crowd", Use.WRITE));
            crowd.add(turns(2, "crowd", Use.POLL));
            crowd.add(turns(2, "crowd", Use.LOOKUP));
        }
        var one = turn(20, "one", use);
        time.go(61);
        assertThat(one.get()).isLessThanOrEqualTo(Duration.ofMillis((long) (1000 * bound)));
        var last = START;
        for (var each : crowd) {
            last = each.get().isAfter(last) ? each.get() : last;
        }
        var rest = 20 * 19 + 1;
        assertThat(Duration.between(START, last).toMillis() / 1000.0)
                .as("no request is left unused")
                .isBetween(rest / LIMITS.rate() - 0.1, rest / LIMITS.rate() + 0.5);
    }
}
