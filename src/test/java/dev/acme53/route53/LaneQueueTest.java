package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneQueueTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private final Caller me = new FakeRoute53().caller("me");
    private Duration lead = Duration.ZERO;
    private final LaneQueue queue = new LaneQueue(_ -> lead);
    private int wishes;

    private void wantedAfter(double seconds, Presence presence) {
        var record = Crowd.record(wishes++, "example.com");
        queue.add(new Entry(me, new WantedRecord(record, presence, Merged.NO)), at(seconds));
    }

    private static Instant at(double seconds) {
        return START.plusMillis((long) (1000 * seconds));
    }

    /// In seconds from the start.
    private double due(double now) {
        var wait = queue.untilDue(at(now)).orElseThrow();
        return Duration.between(START, at(now).plus(wait)).toMillis() / 1000.0;
    }

    @Test
    void ofIdentitiesThatAreDueEachHasItsTurnHoweverManyRecordsItHas() {
        var other = new FakeRoute53().caller("other");
        for (var i = 0; i < LaneQueue.FULL; i++) {
            wantedAfter(0, Presence.PRESENT);
        }
        var one = new WantedRecord(Crowd.record(9999, "example.com"), Presence.PRESENT, Merged.NO);
        queue.add(new Entry(other, one), at(0));
        assertThat(queue.turn(at(0.3)).map(Caller::identity)).contains("me");
        queue.take("me", LaneQueue.FULL, at(0.3));
        assertThat(queue.turn(at(0.3)).map(Caller::identity)).contains("other");
        assertThat(queue.take("other", LaneQueue.FULL, at(0.3)).orElseThrow().entries())
                .hasSize(1);
        assertThat(queue.turn(at(0.3)).map(Caller::identity)).contains("me");
    }

    @Test
    void anUpsertWaitsAQuarterOfASecondForCompanyAndASecondAtMost() {
        wantedAfter(0, Presence.PRESENT);
        assertThat(due(0)).isEqualTo(0.25);
        for (var i = 1; i <= 4; i++) {
            wantedAfter(0.2 * i, Presence.PRESENT);
        }
        assertThat(due(0.8)).isEqualTo(1);
    }

    @Test
    void aFewDeletionsWaitASecond() {
        for (var i = 0; i < 4; i++) {
            wantedAfter(0, Presence.ABSENT);
        }
        assertThat(due(0)).isEqualTo(1);
    }

    @Test
    void manyDeletionsWaitForMoreForAQuarterOfAMinuteAtMost() {
        for (var i = 0; i < 5; i++) {
            wantedAfter(0, Presence.ABSENT);
        }
        assertThat(due(0)).isEqualTo(5);
        for (var i = 1; i <= 4; i++) {
            wantedAfter(3 * i, Presence.ABSENT);
        }
        assertThat(due(12)).isEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource({"100, 0.25, 1", "600, 0.6, 1", "4000, 4, 4"})
    void whereTheBudgetIsShortAnUpsertWaitsLonger(int milliseconds, double due, double latest) {
        lead = Duration.ofMillis(milliseconds);
        wantedAfter(0, Presence.PRESENT);
        assertThat(due(0)).isEqualTo(due);
        for (var i = 1; i <= 19; i++) {
            wantedAfter(latest / 20 * i, Presence.PRESENT);
        }
        assertThat(due(latest / 20 * 19)).isEqualTo(latest);
        lead = Duration.ZERO;
        assertThat(due(latest)).isEqualTo(latest);
    }

    @Test
    void whereTheBudgetIsShortAFewDeletionsWaitAsManyDo() {
        lead = Duration.ofMillis(1);
        wantedAfter(0, Presence.ABSENT);
        assertThat(due(0)).isEqualTo(5);
        lead = Duration.ZERO;
        assertThat(due(0)).isEqualTo(1);
    }

    @Test
    void aTenantThatHasNotMadeTheBudgetShortWaitsAsLongAsItHasToAndTakesTheOthersAlong() {
        var one = new Caller("me", "me", "one", "aws", "", me.client());
        var both = new LaneQueue(caller -> Duration.ofMillis(caller.equals(one) ? 1500 : 10_000));
        both.add(new Entry(me, present(1)), at(0));
        assertThat(both.untilDue(at(2))).contains(Duration.ofSeconds(8));
        both.add(new Entry(one, present(2)), at(2));
        both.add(new Entry(me, present(3)), at(3));
        assertThat(both.untilDue(at(3))).contains(Duration.ofMillis(500));
        assertThat(both.turn(at(3.5))).contains(one);
        assertThat(both.take("me", LaneQueue.FULL, at(3.5)).orElseThrow().entries())
                .hasSize(3);
        assertThat(both.isEmpty()).isTrue();
    }

    @Test
    void aTenantsOneRecordIsInTheNextBatchHoweverManyOfAnotherCameBefore() {
        for (var i = 0; i < 2 * LaneQueue.FULL; i++) {
            wantedAfter(0, Presence.PRESENT);
        }
        var one = new Caller("me", "me", "one", "aws", "", me.client());
        queue.add(new Entry(one, present(9999)), at(0.1));
        var batch = queue.take("me", LaneQueue.FULL, at(0.3)).orElseThrow();
        assertThat(batch.entries()).hasSize(LaneQueue.FULL / 2);
        assertThat(batch.entries()).filteredOn(e -> e.caller().equals(one)).hasSize(1);
        assertThat(batch.entries())
                .filteredOn(e -> e.caller().equals(me))
                .element(0)
                .satisfies(oldest -> assertThat(oldest.record()).isEqualTo(Crowd.record(0, "example.com")));
    }

    @Test
    void aCallCanBeMadeInTheNameOfEachTenantOfAnIdentityThatIsDueOnceOthersCouldJoinIt() {
        var one = new Caller("me", "me", "one", "aws", "", me.client());
        var other = new FakeRoute53().caller("other");
        wantedAfter(0, Presence.PRESENT);
        assertThat(queue.callers(at(0.2), _ -> true)).isEmpty();
        assertThat(queue.callers(at(0.3), _ -> true)).containsExactly(me);
        for (var i = 0; i < LaneQueue.FULL / 2; i++) {
            wantedAfter(0.4, Presence.PRESENT);
        }
        queue.add(new Entry(one, present(9998)), at(0.5));
        queue.add(new Entry(other, present(9999)), at(0.6));
        assertThat(queue.callers(at(0.7), _ -> true)).containsExactly(me);
        assertThat(queue.callers(at(0.8), _ -> true)).containsExactly(me, one);
        assertThat(queue.callers(at(0.9), _ -> true)).containsExactly(me, one, other);
    }

    @Test
    void whoWasLeftOutOfABatchWaitsInItsOwnNameForTheNext() {
        var one = new Caller("me", "me", "one", "aws", "", me.client());
        for (var i = 0; i < LaneQueue.FULL / 2; i++) {
            wantedAfter(0, Presence.PRESENT);
            queue.add(new Entry(one, present(5000 + i)), at(0));
        }
        queue.take("me", LaneQueue.FULL, at(0.3));
        assertThat(queue.turn(at(0.1))).contains(me);
        assertThat(queue.callers(at(0.1), _ -> true)).containsExactly(me, one);
    }

    private static final Complaint CONFLICT = new Complaint("cannot be created as other RRSets exist");

    private Entry odd(int number) {
        var entry = new Entry(me, present(number));
        queue.addOdd(Part.odd(entry, CONFLICT));
        return entry;
    }

    @Test
    void oneThatRoute53HasComplainedOfWaitsForWhatIsDueAndForNothingElse() {
        odd(1);
        odd(2);
        assertThat(due(0)).isEqualTo(0);
        queue.add(new Entry(me, present(3)), at(0));
        assertThat(queue.take("me", LaneQueue.FULL, at(0.1)).orElseThrow().records())
                .containsExactly(Crowd.record(1, "example.com"));
        assertThat(queue.take("me", LaneQueue.FULL, at(0.3)).orElseThrow().records())
                .containsExactly(Crowd.record(3, "example.com"));
        assertThat(queue.take("me", LaneQueue.FULL, at(0.3)).orElseThrow().complaint())
                .isEqualTo(CONFLICT);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whatIsWantedLaterOfOneThatRoute53HasComplainedOfIsWhatIsSent() {
        var answers = new ArrayList<ChangeResult>();
        var before = new CompletableFuture<ChangeResult>();
        before.thenAccept(answers::add);
        odd(1).awaitedBy(before);
        var absent = new WantedRecord(Crowd.record(1, "example.com"), Presence.ABSENT, Merged.NO);
        queue.add(new Entry(me, absent), at(0));
        var sent = queue.take("me", LaneQueue.FULL, at(1)).orElseThrow();
        assertThat(sent.complaint()).isNull();
        assertThat(sent.entries()).hasSize(1).noneMatch(Entry::isWantedPresent);
        sent.complete(new ChangeResult.AlreadyAbsent());
        assertThat(answers).hasSize(1);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aComplaintOfOneThatIsWantedDifferentlyByThenIsOfNoInterest() {
        queue.add(new Entry(me, new WantedRecord(Crowd.record(1, "example.com"), Presence.ABSENT, Merged.NO)), at(0));
        odd(1);
        var sent = queue.take("me", LaneQueue.FULL, at(1)).orElseThrow();
        assertThat(sent.complaint()).isNull();
        assertThat(sent.entries()).hasSize(1).noneMatch(Entry::isWantedPresent);
        assertThat(queue.isEmpty()).isTrue();
    }

    private static WantedRecord present(int number) {
        return new WantedRecord(Crowd.record(number, "example.com"), Presence.PRESENT, Merged.NO);
    }

    @Test
    void anUpsertTakesWaitingDeletionsAlongAndStillWaitsForCompanyItself() {
        for (var i = 0; i < 5; i++) {
            wantedAfter(0, Presence.ABSENT);
        }
        wantedAfter(4, Presence.PRESENT);
        assertThat(due(4)).isEqualTo(4.25);
        assertThat(queue.take("me", LaneQueue.FULL, at(4.3)).orElseThrow().entries())
                .hasSize(6);
        assertThat(queue.isEmpty()).isTrue();
    }
}
