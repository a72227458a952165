package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.acme53.route53.RequestBudget.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    void itShowsWhatIsLeftOfIt() throws InterruptedException {
        var budget = budget(4);
        assertThat(budget.figures("aws", "1")).isEqualTo(new AccountBudget("aws", "1", 10, 4, 0));
        seconds(budget, 4);
        assertThat(budget.figures("aws", "1").available()).isEqualTo(6);
        budget.throttled();
        assertThat(budget.figures("aws", "1")).isEqualTo(new AccountBudget("aws", "1", 0, 2, 0));
        pass(Duration.ofMillis(500));
        assertThat(budget.figures("aws", "1").available()).isEqualTo(1);
    }

    @Test
    void whatIsGivenBackIsThereAgainAndNeverMoreThanAfterARest() throws InterruptedException {
        var budget = budget(4);
        assertThat(seconds(budget, 10)).isZero();
        budget.giveBack();
        assertThat(seconds(budget, 1)).isZero();
        pass(Duration.ofMinutes(1));
        budget.take(Use.WRITE, "me");
        pass(Duration.ofMinutes(1));
        budget.giveBack();
        assertThat(budget.figures("aws", "1").available()).isEqualTo(10);
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
    @Timeout(10)
    void writesGoFirstAndOneWithASingleRequestDoesNotWaitForOneWithMany() throws Exception {
        var rounds = new Rounds();
        var budget = new RequestBudget(new RequestLimits(1, 0), () -> now, _ -> rounds.sitOut());
        budget.take(Use.WRITE, "burst");
        budget.take(Use.WRITE, "burst");
        for (var i = 0; i < 40; i++) {
            rounds.queue(budget, Use.WRITE, "many");
        }
        rounds.queue(budget, Use.LOOKUP, "look-up");
        rounds.queue(budget, Use.POLL, "poll");
        rounds.queue(budget, Use.WRITE, "one");
        rounds.queue(budget, Use.WRITE, "another");
        while (rounds.served.size() < 44) {
            pass(Duration.ofSeconds(1));
            rounds.next();
        }
        // at one request a second a look-up is overdue at once, a poll after three
        assertThat(rounds.served.subList(0, 6)).containsExactly("many", "look-up", "one", "another", "many", "poll");
        assertThat(rounds.served.subList(6, 44)).containsOnly("many");
    }

    /// Those who wait at the same time look all together, once a round, and each either goes or sits out until the
    /// next.
    private static final class Rounds {
        final List<String> served = new ArrayList<>();
        private int queued;
        private int sitting;
        private int round;

        /// Returns when it stands in line.
        void queue(RequestBudget budget, Use use, String share) throws InterruptedException {
            Thread.ofVirtual().start(() -> {
                try {
                    budget.take(use, share);
                    serve(share);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            synchronized (this) {
                queued++;
                awaitAll();
            }
        }

        private synchronized void serve(String share) {
            served.add(share);
            notifyAll();
        }

        synchronized void sitOut() throws InterruptedException {
            sitting++;
            notifyAll();
            for (var sat = round; sat == round; ) {
                wait();
            }
        }

        /// Has all look once.
        synchronized void next() throws InterruptedException {
            sitting = 0;
            round++;
            notifyAll();
            awaitAll();
        }

        private void awaitAll() throws InterruptedException {
            while (sitting + served.size() < queued) {
                wait();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "10, 1", "10, -0.1", "NaN, 0", "10, NaN"})
    void limitsThatWouldStopItAreRefused(double perSecond, double headroom) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestLimits(perSecond, headroom));
    }
}
