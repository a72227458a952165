package dev.acme53.route53;

import static dev.acme53.route53.FakeRoute53.error;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.route53.model.ChangeStatus.INSYNC;

import dev.acme53.route53.Changes.ChangeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;

class ChangeTrackerTest {
    private static final String LISTEN = "failed to follow the Route 53 change with route53:GetChange: ";

    private final FakeRoute53 route53 = new FakeRoute53();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private final Observed observed = new Observed();
    private final Polls polls =
            new Polls(observed.calls(new RequestLimits(10, 0.4), () -> now, this::pass), () -> now, this::pass);
    private final Caller me = route53.caller("me");

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private int asked() {
        return route53.requests(GetChangeRequest.class).size();
    }

    @Test
    void aChangeIsPendingUntilItIsInSync() {
        assertThat(polls.follow(me, "C1", "a")).isEqualTo(new ChangeStatus.Pending());
        polls.next();
        assertThat(polls.follow(me, "C1", "a")).isEqualTo(new ChangeStatus.Pending());
        route53.changesAre(INSYNC);
        polls.next();
        assertThat(polls.follow(me, "C1", "a")).isEqualTo(new ChangeStatus.InSync());
        assertThat(polls.woken).containsExactly("a");
        assertThat(polls.next()).isFalse();
        assertThat(route53.requests(GetChangeRequest.class))
                .extracting(GetChangeRequest::id)
                .containsExactly("C1", "C1");
    }

    @Test
    void whatIsPendingIsShownUntilItIsInSyncAndThenHowLongItTook() {
        var began = now;
        polls.follow(me, "C1", "a");
        polls.follow(me, "C1", "b");
        assertThat(polls.pending()).containsExactly(new PendingChange("aws", "C1", began));
        polls.next();
        assertThat(observed.took).isEmpty();
        route53.changesAre(INSYNC);
        polls.next();
        assertThat(polls.pending()).isEmpty();
        assertThat(observed.took).containsExactly(Duration.between(began, now));
    }

    @Test
    void aThousandWhoWaitForOneChangeCostOneLoopAndAreAllWoken() {
        for (var i = 0; i < 1000; i++) {
            polls.follow(me, "C1", "waiter " + i);
            polls.follow(me, "C1", "waiter " + i);
        }
        polls.next();
        route53.changesAre(INSYNC);
        polls.next();
        assertThat(asked()).isEqualTo(2);
        assertThat(polls.woken).hasSize(1000).doesNotHaveDuplicates();
    }

    @Test
    void changesThatAreSettledDoNotHoldUpANewOne() {
        route53.changesAre(INSYNC);
        for (var i = 0; i < 600; i++) {
            polls.follow(me, "OLD" + i, "a");
        }
        while (polls.next()) {
            // all of them are in sync at their first look
        }
        polls.follow(me, "NEW", "a");
        assertThat(polls.waits.getLast()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whoseAccountHasLittleToAskForIsNotBehindTheChangesOfManyOthers() {
        for (var n = 0; n < 300; n++) {
            polls.follow(new Caller("other " + n, "", "other", "aws", "" + n, me.client()), "C" + n, "a");
        }
        polls.follow(me, "MINE", "a");
        assertThat(polls.waits.getLast()).isEqualTo(PollTimes.FIRST);
        for (var n = 0; n < 300; n++) {
            polls.follow(route53.caller("of the same account " + n), "S" + n, "a");
        }
        assertThat(polls.waits.getLast()).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void anotherIdentityAsksForItself() {
        polls.follow(me, "C1", "a");
        polls.follow(route53.caller("another"), "C1", "b");
        polls.next();
        polls.next();
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void ofChangesMadeWithinSecondsTheOldestIsAskedForUntilItIsInSync() {
        for (var i = 1; i <= 6; i++) {
            polls.follow(me, "C" + i, "a");
            pass(Duration.ofSeconds(1));
        }
        var start = now;
        while (Duration.between(start, now).compareTo(Duration.ofSeconds(16)) < 0) {
            polls.nextInTime();
        }
        assertThat(route53.requests(GetChangeRequest.class))
                .extracting(GetChangeRequest::id)
                .containsOnly("C1");
        route53.changesAre(INSYNC);
        while (polls.nextInTime()) {
            // until all are in sync
        }
        assertThat(polls.woken).hasSize(6);
        assertThat(asked()).isLessThanOrEqualTo(6 + 5);
        assertThat(Duration.between(start, now)).isLessThan(Duration.ofSeconds(23));
    }

    @Test
    void aChangeThatStaysPendingHoldsUpNoOther() {
        polls.follow(me, "STUCK", "a");
        pass(Duration.ofSeconds(2));
        polls.follow(me, "C2", "b");
        route53.pends("STUCK");
        route53.changesAre(INSYNC);
        var start = now;
        while (polls.woken.isEmpty()) {
            polls.nextInTime();
        }
        assertThat(polls.woken).containsExactly("b");
        assertThat(Duration.between(start, now)).isLessThanOrEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void t68AChangePendingFiveTimesIsInSyncAtTheSixthLook() {
        polls.follow(me, "C1", "a");
        for (var i = 0; i < 5; i++) {
            polls.next();
            assertThat(polls.follow(me, "C1", "a")).isEqualTo(new ChangeStatus.Pending());
        }
        route53.changesAre(INSYNC);
        polls.next();
        assertThat(polls.follow(me, "C1", "a")).isEqualTo(new ChangeStatus.InSync());
        assertThat(polls.waits)
                .containsExactly(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(4));
    }

    @Test
    void t69AChangeThatStaysPendingIsAskedForEveryHalfMinuteAndNeverFails() {
        var start = now;
        while (Duration.between(start, now).compareTo(Duration.ofMinutes(40)) < 0) {
            assertThat(polls.follow(me, "C1", "a")).isEqualTo(new ChangeStatus.Pending());
            polls.next();
        }
        assertThat(polls.waits).endsWith(Duration.ofSeconds(30), Duration.ofSeconds(30));
        assertThat(asked()).isLessThan(32 + 80);
    }

    @Test
    void whatNobodyAsksForAnyMoreIsNotAskedOfRoute53() {
        polls.follow(me, "C1", "a");
        pass(Duration.ofMinutes(11));
        polls.follow(me, "C2", "b");
        while (polls.waits.size() < 10) {
            polls.next();
        }
        assertThat(route53.requests(GetChangeRequest.class).stream().filter(r -> r.id().equals("C1")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aChangeThatRoute53DoesNotKnowIsUnknownAndNoFailure() {
        route53.nextFails(error(404, "NoSuchChange", "Could not find resource with ID: C1"));
        assertThat(polls.last(me, "C1")).isEqualTo(new ChangeStatus.Unknown());
    }

    @Test
    void t70ADeniedLookIsToldAtOnceAndNamesThePermission() {
        var start = now;
        route53.nextFails(error(403, "AccessDenied", "User x is not authorized"));
        assertThat(polls.last(me, "C1"))
                .isEqualTo(new ChangeStatus.Failed(
                        new Route53Failure.Permanent(LISTEN + "AccessDenied: User x is not authorized")));
        assertThat(Duration.between(start, now)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void t70ADenialIsToldAtOnceHoweverLongChangesUsuallyTake() {
        theUsualTimeIs(Duration.ofSeconds(60));
        var another = route53.caller("another");
        var start = now;
        route53.nextFails(error(403, "AccessDenied", "User x is not authorized"));
        assertThat(polls.last(another, "C2")).isInstanceOf(ChangeStatus.Failed.class);
        assertThat(Duration.between(start, now)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void whoGotAnswersWaitsForTheUsualTime() {
        theUsualTimeIs(Duration.ofSeconds(60));
        var before = polls.waits.size();
        polls.last(me, "C2");
        assertThat(polls.waits.get(before)).isEqualTo(Duration.ofSeconds(30));
    }

    private void theUsualTimeIs(Duration time) {
        polls.follow(me, "C1", "a");
        var end = now.plus(time);
        while (now.isBefore(end)) {
            polls.next();
        }
        route53.changesAre(INSYNC);
        polls.last(me, "C1");
    }

    @Test
    void aDeniedLookIsTriedAgainAfterHalfAMinute() {
        route53.nextFails(error(403, "AccessDenied", "User x is not authorized"));
        polls.last(me, "C1");
        pass(Duration.ofSeconds(29));
        assertThat(polls.follow(me, "C1", "a")).isInstanceOf(ChangeStatus.Failed.class);
        pass(Duration.ofSeconds(1));
        assertThat(polls.follow(me, "C1", "a")).isEqualTo(new ChangeStatus.Pending());
    }

    @Test
    void anErrorOfTheJvmEndsNoLoop() {
        var faults = new AtomicInteger();
        var caller = new Caller("me", "me", "tenant", "aws", "", () -> {
            if (faults.getAndIncrement() == 0) {
                throw new StackOverflowError("never foreseen");
            }
            return route53;
        });
        route53.changesAre(INSYNC);
        polls.follow(caller, "C1", "a");
        polls.next();
        assertThat(polls.follow(caller, "C1", "a")).isEqualTo(new ChangeStatus.Pending());
        polls.next();
        assertThat(polls.follow(caller, "C1", "a")).isEqualTo(new ChangeStatus.InSync());
    }

    @Test
    void throttledLooksAndFaultsOfTheNetworkOnlyDelay() {
        route53.nextFails(
                error(400, "Throttling", "Rate exceeded"),
                SdkClientException.create("no"),
                error(500, "InternalFailure", "no"));
        polls.follow(me, "C1", "a");
        for (var i = 0; i < 3; i++) {
            polls.next();
            assertThat(polls.follow(me, "C1", "a")).isEqualTo(new ChangeStatus.Pending());
        }
        route53.changesAre(INSYNC);
        assertThat(polls.last(me, "C1")).isEqualTo(new ChangeStatus.InSync());
    }

    @Test
    void aMinuteWithoutAnAnswerIsTold() {
        route53.always(GetChangeRequest.class, SdkClientException.create("no"));
        var start = now;
        assertThat(polls.last(me, "C1"))
                .isEqualTo(new ChangeStatus.Failed(new Route53Failure.Transient(LISTEN + "no answer from AWS")));
        assertThat(Duration.between(start, now)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(70));
    }
}
