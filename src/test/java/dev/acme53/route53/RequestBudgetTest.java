package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.acme53.route53.RequestBudget.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestBudgetTest {
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    private RequestBudget budget(double perSecond) {
        return new RequestBudget(new RequestLimits(perSecond, 0), () -> now, this::pass);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    /// Seconds that `requests` of them take.
    private double seconds(RequestBudget budget, int requests) throws InterruptedException {
        var start = now;
        for (var i = 0; i < requests; i++) {
            budget.take(Use.WRITE, "me");
        }
        return Duration.between(start, now).toMillis() / 1000.0;
    }

    @Test
    void afterARestTheBurstIsFreeAndThenTheRateHolds() throws InterruptedException {
        var budget = budget(4);
        assertThat(seconds(budget, 10)).isZero();
        assertThat(seconds(budget, 40)).isBetween(9.9, 10.5);
    }

    @Test
    void throttledItGoesAtHalfItsRateForHalfAMinuteAndThenRecoversStepByStep() throws InterruptedException {
        var budget = budget(4);
        budget.throttled();
        assertThat(seconds(budget, 20)).isBetween(9.9, 10.5);
        pass(Duration.ofSeconds(20));
        seconds(budget, 5);
        assertThat(seconds(budget, 60)).isBetween(15.0, 30.0);
        pass(Duration.ofMinutes(5));
        seconds(budget, 10);
        assertThat(seconds(budget, 40)).isBetween(9.9, 10.5);
    }

    @Test
    void refusalsOfOneMomentCountOnce() throws InterruptedException {
        var budget = budget(4);
        for (var i = 0; i < 50; i++) {
            budget.throttled();
        }
        assertThat(seconds(budget, 20)).isBetween(9.9, 10.5);
    }

    @Test
    void refusalsThatGoOnAreAnsweredByLessAndLess() throws InterruptedException {
        var budget = budget(4);
        for (var i = 0; i < 100; i++) {
            budget.throttled();
            pass(Duration.ofMillis(300));
        }
        assertThat(seconds(budget, 4)).isGreaterThan(10);
    }

    @Test
    void itNeverStopsAltogether() throws InterruptedException {
        var budget = budget(4);
        for (var i = 0; i < 50; i++) {
            budget.throttled();
            pass(Duration.ofSeconds(3));
        }
        assertThat(seconds(budget, 2)).isLessThan(11);
    }

    @Test
    void writesGoFirstAndOneWithASingleRequestDoesNotWaitForOneWithMany() throws Exception {
        var served = Collections.synchronizedList(new ArrayList<String>());
        var queued = new CountDownLatch(44);
        var open = new CountDownLatch(1);
        var budget = new RequestBudget(new RequestLimits(1, 0), () -> now, pause -> {
            queued.countDown();
            open.await();
            synchronized (this) {
                pass(Duration.ofMillis(100));
            }
        });
        budget.take(Use.WRITE, "burst");
        budget.take(Use.WRITE, "burst");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 40; i++) {
                threads.submit(() -> taken(budget, Use.WRITE, "many", served));
            }
            while (queued.getCount() > 4) {
                Thread.onSpinWait();
            }
            threads.submit(() -> taken(budget, Use.LOOKUP, "look-up", served));
            threads.submit(() -> taken(budget, Use.POLL, "poll", served));
            threads.submit(() -> taken(budget, Use.WRITE, "one", served));
            threads.submit(() -> taken(budget, Use.WRITE, "another", served));
            assertThat(queued.await(5, TimeUnit.SECONDS)).isTrue();
            open.countDown();
        }
        // a few of leeway: one who was served may be slow to say so
        assertThat(served).hasSize(44);
        assertThat(served.subList(0, 8)).contains("one", "another");
        assertThat(served.subList(36, 44)).contains("poll", "look-up");
    }

    private static boolean taken(RequestBudget budget, Use use, String share, List<String> served)
            throws InterruptedException {
        budget.take(use, share);
        return served.add(share);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "10, 1", "10, -0.1", "NaN, 0", "10, NaN"})
    void limitsThatWouldStopItAreRefused(double perSecond, double headroom) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestLimits(perSecond, headroom));
    }
}
