package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.route53.RequestBudget.Use;
import dev.acme53.route53.WaitingLine.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ten requests a second.
class WaitingLineTest {
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(100);

    private final WaitingLine line = new WaitingLine();
    private final Map<Ticket, String> waiting = new HashMap<>();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    private void join(Use use, String share, int times) {
        for (var i = 0; i < times; i++) {
            waiting.put(line.join(use, share, now), share);
        }
    }

    /// Whose the next request is: that it is nobody else's is looked at every time.
    private String next() {
        now = now.plus(BETWEEN_REQUESTS);
        var first = waiting.keySet().stream()
                .filter(ticket -> line.before(ticket, now) == 0)
                .toList();
        assertThat(first).hasSize(1);
        line.served(first.getFirst(), now);
        return waiting.remove(first.getFirst());
    }

    private List<String> next(int requests) {
        var served = new ArrayList<String>();
        for (var i = 0; i < requests; i++) {
            served.add(next());
        }
        return served;
    }

    /// Requests of others while `many` writes without end.
    private List<String> besideWrites(int requests) {
        var served = new ArrayList<String>();
        for (var i = 0; i < requests; i++) {
            served.add(next());
            if (served.getLast().equals("many")) {
                join(Use.WRITE, "many", 1);
            }
        }
        return served;
    }

    @Test
    void writesGoBeforePollsBeforeLookUpsAndTheSharesOfEachInTurn() {
        join(Use.LOOKUP, "look-up", 1);
        join(Use.POLL, "poll", 2);
        join(Use.POLL, "another's poll", 1);
        join(Use.WRITE, "many", 3);
        join(Use.WRITE, "one", 1);
        assertThat(next(8)).containsExactly("many", "one", "many", "many", "poll", "another's poll", "poll", "look-up");
    }

    @ParameterizedTest
    @CsvSource({"LOOKUP, 1.0", "POLL, 3.0", "WRITE, 0.2"})
    void whoHasWaitedForTooLongGoesBeforeWritesWithoutEnd(Use use, double seconds) {
        join(Use.WRITE, "many", 20);
        join(use, "one", 1);
        var waited = 1 + besideWrites(100).indexOf("one");
        assertThat(BETWEEN_REQUESTS.multipliedBy(waited)).isEqualTo(Duration.ofMillis((long) (seconds * 1000)));
    }

    @Test
    void oneRequestInFourIsForThoseWhoAreOverdueAndTheOthersAreForWrites() {
        join(Use.WRITE, "many", 20);
        join(Use.LOOKUP, "crowd", 50);
        besideWrites(20);
        var served = besideWrites(40);
        assertThat(served).filteredOn("crowd"::equals).hasSize(10);
        assertThat(served).filteredOn("many"::equals).hasSize(30);
    }

    @Test
    void aLookUpIsNotBehindPollsThatAreOverdue() {
        join(Use.WRITE, "many", 20);
        join(Use.POLL, "crowd", 300);
        besideWrites(100);
        join(Use.LOOKUP, "one", 1);
        assertThat(besideWrites(10 + 4)).contains("one");
    }

    @Test
    void aLookUpGoesBeforePollsWithoutEnd() {
        join(Use.POLL, "crowd", 300);
        join(Use.LOOKUP, "one", 1);
        assertThat(next(100)).contains("one");
    }

    @ParameterizedTest
    @CsvSource({"LOOKUP, 1", "POLL, 3"})
    void ofThoseWhoAreOverdueTheSharesGoInTurn(Use use, int patience) {
        join(Use.WRITE, "many", 20);
        join(use, "crowd", 300);
        besideWrites(100);
        join(use, "one", 1);
        assertThat(besideWrites(10 * patience + 4)).contains("one");
    }

    @Test
    void whoLeavesWithoutARequestHasHadNoTurn() {
        join(Use.WRITE, "one", 1);
        var left = line.join(Use.WRITE, "other", now);
        line.leave(left);
        join(Use.WRITE, "other", 1);
        join(Use.WRITE, "one", 1);
        assertThat(next(3)).containsExactly("one", "other", "one");
    }

    @Test
    void whoComesNowIsBeforeTheLaterTurnsOfOneWhoHasManyAndBehindItsFirst() {
        var first = line.join(Use.WRITE, "many", now);
        var second = line.join(Use.WRITE, "many", now);
        assertThat(line.isBefore(first, "one")).isFalse();
        assertThat(line.isBefore(second, "one")).isTrue();
        assertThat(line.isBefore(second, "many")).isFalse();
        line.served(first, now);
        assertThat(line.isBefore(second, "one")).isFalse();
    }

    @Test
    void theNumberBeforeSomebodyIsNeverMoreThanItComesToBe() {
        join(Use.WRITE, "many", 20);
        join(Use.POLL, "crowd", 20);
        join(Use.LOOKUP, "crowd", 20);
        now = now.plus(Duration.ofSeconds(4));
        while (!waiting.isEmpty()) {
            var said = new HashMap<Ticket, Integer>();
            waiting.keySet().forEach(ticket -> said.put(ticket, line.before(ticket, now)));
            assertThat(said.values()).filteredOn(n -> n == 0).hasSize(1);
            next();
            var after = waiting.keySet();
            assertThat(after)
                    .allSatisfy(ticket -> assertThat(said.get(ticket) - 1)
                            .isLessThanOrEqualTo(Math.max(0, line.before(ticket, now))));
        }
    }
}
