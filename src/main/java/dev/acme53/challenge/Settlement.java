package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.ChangeWait;
import dev.acme53.api.EventReasons;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.State;
import dev.acme53.challenge.Memory.Fact;
import dev.acme53.reconcile.Retries;
import dev.acme53.reconcile.StageContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Turns what came of a call into status, events and what to remember.
final class Settlement {
    private static final Duration SLOW_AFTER = Duration.ofMinutes(2);
    /// The end of the wait is told; this is for the telling that gets lost.
    private static final Duration REMINDER = Duration.ofMinutes(5);
    private static final Duration CROWDED = Duration.ofSeconds(5);

    /// How long after INSYNC what DNS shows is waited for where it need not be shown.
    static final Duration SETTLE = Duration.ofSeconds(10);

    private static final Duration LONGEST_RESULT_WAIT = Duration.ofSeconds(10);
    private static final String PROVEN = "Successfully authorized domain";

    private final StageContext context;
    private final ChallengeObjects objects;
    private final Retries retries;
    private final LeftBehind leftBehind;
    private final Duration checkRetryPeriod;
    private final Duration linger;
    private final Predicate<Challenge> mustShow;

    Settlement(
            StageContext context,
            ChallengeObjects objects,
            Retries retries,
            LeftBehind leftBehind,
            Duration checkRetryPeriod,
            Duration linger,
            Predicate<Challenge> mustShow) {
        this.context = context;
        this.objects = objects;
        this.retries = retries;
        this.leftBehind = leftBehind;
        this.checkRetryPeriod = checkRetryPeriod;
        this.linger = linger;
        this.mustShow = mustShow;
    }

    /// @param challenge the object as it is stored; empty when it is gone
    record Settled(Optional<Challenge> challenge, Memory memory) {}

    Settled settle(Challenge challenge, Memory memory, Outcome outcome) {
        if (isProgress(outcome)) {
            retries.reset(ResourceID.fromResource(challenge));
        }
        return switch (outcome) {
            case Outcome.Vouched vouched -> vouched(challenge, memory.with(Fact.VOUCHED), vouched.offered());
            case Outcome.Located located ->
                new Settled(objects.claim(challenge, located.record()), memory.without(Fact.MISPLACED));
            case Outcome.Misplaced misplaced -> misplaced(challenge, memory, misplaced);
            case Outcome.Crowded _ -> crowded(challenge, memory);
            case Outcome.Written written -> new Settled(objects.claim(challenge, written.record()), memory);
            case Outcome.ChangeLost lost -> lost(challenge, lost);
            case Outcome.Confirmed _ ->
                new Settled(
                        Optional.of(challenge),
                        mustShow.test(challenge) ? memory.confirmed() : settling(memory.confirmed()));
            case Outcome.Unconfirmed _ -> unconfirmed(challenge, memory);
            case Outcome.Shown _ -> new Settled(Optional.of(challenge), memory.seen());
            case Outcome.NotShown text -> notShown(challenge, memory.lookingUntil(Instant.MAX), text.text());
            case Outcome.Unsettled text -> notShown(challenge, settling(memory), text.text());
            case Outcome.Standing standing -> standing(challenge, memory, standing.state(), standing.reason());
            case Outcome.Validating validating ->
                new Settled(
                        Optional.of(challenge),
                        memory.holds(Fact.ACCEPTED)
                                ? memory.waitingUntil(askAgain(memory, validating))
                                : memory.accepted(askAgain(memory, validating)));
            case Outcome.Proven _ -> proven(challenge, memory);
            case Outcome.Disproven disproven -> ended(challenge, memory, State.INVALID, disproven.reason());
            case Outcome.Ended ended -> ended(challenge, memory, ended.state(), ended.reason());
            case Outcome.Removed _ ->
                new Settled(
                        objects.release(challenge),
                        Memory.NONE
                                .with(Fact.CLEANED)
                                .waitingUntil(context.clock().instant().plus(linger)));
            case Outcome.NotRemoved failed -> notRemoved(challenge, memory, failed);
            case Outcome.LeftBehind left -> new Settled(leftBehind.letGo(challenge, left), Memory.NONE);
            case Outcome.Failed failed -> failed(challenge, memory, failed);
        };
    }

    /// What the CA has shown to the Order is not asked again. Should it have changed since, the CA says so when it is
    /// told to look, and the authorization is read then.
    private Settled vouched(Challenge challenge, Memory memory, boolean offered) {
        if (!offered || challenge.statusOrEmpty().state() != null) {
            return new Settled(Optional.of(challenge), memory);
        }
        retries.reset(ResourceID.fromResource(challenge));
        return new Settled(
                status(
                        challenge,
                        memory,
                        // what somebody else has stored meanwhile stays
                        s -> s.state() == null ? s.withState(State.PENDING).withReason("") : s),
                memory.with(Fact.OFFERED));
    }

    private Settled standing(Challenge challenge, Memory memory, State state, String reason) {
        return new Settled(
                status(challenge, memory, s -> s.withState(state).withReason(reason)),
                state == State.PENDING ? memory.with(Fact.OFFERED) : memory);
    }

    /// Whether the way is free again. Being vouched for and finding a place come before each try, so they are none.
    private static boolean isProgress(Outcome outcome) {
        return !(outcome instanceof Outcome.Failed
                || outcome instanceof Outcome.NotRemoved
                || outcome instanceof Outcome.Misplaced
                || outcome instanceof Outcome.Crowded
                || outcome instanceof Outcome.Vouched
                || outcome instanceof Outcome.Located);
    }

    /// Makes `change`, and says what is not said yet: that the Challenge is at work.
    Optional<Challenge> status(Challenge challenge, Memory memory, UnaryOperator<ChallengeStatus> change) {
        return objects.status(
                challenge, s -> memory.holds(Fact.STARTED) ? change.apply(s).withProcessing(true) : change.apply(s));
    }

    /// It has a place among those at work.
    void started(Challenge challenge) {
        context.events()
                .normal(
                        challenge,
                        FieldManagers.CHALLENGES,
                        EventReasons.Challenge.STARTED,
                        "Challenge scheduled for processing");
    }

    /// Too many others of its name are written: said once, and looked at again in a while.
    private Settled crowded(Challenge challenge, Memory memory) {
        if (!challenge.statusOrEmpty().reason().equals(AnswerLimit.REASON)) {
            warn(challenge, EventReasons.Challenge.PRESENT_ERROR, AnswerLimit.REASON);
        }
        return waiting(challenge, memory.with(Fact.OUT_OF_TURN), AnswerLimit.REASON, CROWDED);
    }

    /// The record is durable, and status says so.
    Settled presented(Challenge challenge, Memory memory, String change) {
        var now = context.clock().instant();
        context.events()
                .normal(
                        challenge,
                        FieldManagers.CHALLENGES,
                        EventReasons.Challenge.PRESENTED,
                        "Presented challenge using DNS-01 challenge mechanism");
        return new Settled(
                status(
                        challenge,
                        memory,
                        s -> s.withPresented(true)
                                .withPresentedAt(
                                        Optional.ofNullable(s.presentedAt()).orElse(now))
                                .withReason(ChangeWait.of(change))),
                memory.due());
    }

    private Settled lost(Challenge challenge, Outcome.ChangeLost lost) {
        return new Settled(
                // status first: killed between the two, the old change is asked for and lost once more
                objects.status(challenge, s -> s.withPresented(false)).flatMap(c -> objects.claim(c, lost.record())),
                Memory.NONE);
    }

    private Settled unconfirmed(Challenge challenge, Memory memory) {
        var now = context.clock().instant();
        var since = challenge.statusOrEmpty().presentedAt();
        if (!isLate(challenge)) {
            var slow = (since == null ? now : since).plus(SLOW_AFTER);
            return new Settled(Optional.of(challenge), memory.waitingUntil(slow));
        }
        var change = WrittenRecord.of(challenge).flatMap(WrittenRecord::change).orElse("");
        return waiting(challenge, memory, "Route 53 has not confirmed change " + change + " since " + since, REMINDER);
    }

    /// DNS has ten seconds from now, if its time does not run yet.
    private Memory settling(Memory memory) {
        return memory.lookUntil().equals(Instant.MAX)
                ? memory.lookingUntil(context.clock().instant().plus(SETTLE))
                : memory;
    }

    /// A record that shows late mostly never will, since the name is another zone's: it waits out of turn.
    private Settled notShown(Challenge challenge, Memory memory, String text) {
        var now = context.clock().instant();
        var wait = longer(memory.looks(), checkRetryPeriod);
        var ends = memory.lookUntil().isBefore(now.plus(wait));
        return waiting(
                challenge,
                isLate(challenge) && memory.lookUntil().equals(Instant.MAX) ? memory.with(Fact.OUT_OF_TURN) : memory,
                "Waiting for DNS-01 challenge propagation: " + text,
                ends ? Duration.between(now, memory.lookUntil()) : wait);
    }

    private boolean isLate(Challenge challenge) {
        var since = challenge.statusOrEmpty().presentedAt();
        return since != null && !context.clock().instant().isBefore(since.plus(SLOW_AFTER));
    }

    private Settled waiting(Challenge challenge, Memory memory, String reason, Duration wait) {
        return new Settled(
                status(challenge, memory, s -> s.withReason(reason)),
                memory.waitingUntil(context.clock().instant().plus(wait)));
    }

    private Instant askAgain(Memory memory, Outcome.Validating validating) {
        var now = context.clock().instant();
        return validating
                .askAgain()
                .filter(now::isBefore)
                .orElseGet(
                        () -> now.plus(longer(memory.holds(Fact.ACCEPTED) ? memory.looks() : 0, LONGEST_RESULT_WAIT)));
    }

    private Settled proven(Challenge challenge, Memory memory) {
        context.events()
                .normal(
                        challenge,
                        FieldManagers.CHALLENGES,
                        EventReasons.Challenge.DOMAIN_VERIFIED,
                        "Domain \"" + challenge.getSpec().dnsName() + "\" verified with \"DNS-01\" validation");
        return new Settled(
                status(challenge, memory, s -> s.withState(State.VALID).withReason(PROVEN)), memory.confirmed());
    }

    private Settled ended(Challenge challenge, Memory memory, State state, String reason) {
        warn(challenge, EventReasons.Challenge.FAILED, "Accepting challenge authorization failed: " + reason);
        return new Settled(status(challenge, memory, s -> s.withState(state).withReason(reason)), memory.confirmed());
    }

    private Settled misplaced(Challenge challenge, Memory memory, Outcome.Misplaced misplaced) {
        var earliest = context.clock().instant().plus(misplaced.earliest());
        return failed(
                challenge,
                memory.with(Fact.MISPLACED),
                new Outcome.Failed(misplaced.reason(), EventReasons.Challenge.PRESENT_ERROR, Optional.of(earliest)));
    }

    private Settled failed(Challenge challenge, Memory memory, Outcome.Failed failed) {
        var retry = retry(challenge);
        var due = failed.notBefore().filter(retry::isBefore).orElse(retry);
        if (!failed.event().isEmpty()) {
            warn(challenge, failed.event(), "Error presenting challenge: " + failed.reason());
        }
        return refused(challenge, memory, failed.reason(), due);
    }

    private Settled notRemoved(Challenge challenge, Memory memory, Outcome.NotRemoved failed) {
        if (!memory.holds(Fact.CLEANING)) { // what kept it from being presented is of no account here
            retries.reset(ResourceID.fromResource(challenge));
        }
        var retry = retry(challenge);
        var due = failed.again().filter(retry::isAfter).orElse(retry);
        warn(challenge, EventReasons.Challenge.CLEAN_UP_ERROR, "Error cleaning up challenge: " + failed.reason());
        return refused(challenge, memory.with(Fact.CLEANING), failed.reason(), due);
    }

    private Settled refused(Challenge challenge, Memory memory, String reason, Instant due) {
        return new Settled(
                status(challenge, memory, s -> s.withReason(reason)),
                memory.without(Fact.VOUCHED)
                        .without(Fact.OFFERED)
                        .with(Fact.OUT_OF_TURN)
                        .waitingUntil(due));
    }

    private Instant retry(Challenge challenge) {
        return context.clock().instant().plus(retries.next(ResourceID.fromResource(challenge)));
    }

    private void warn(Challenge challenge, String event, String text) {
        context.events().warning(challenge, FieldManagers.CHALLENGES, event, text);
    }

    /// 1 s, 2 s, 4 s and so on, at most `longest`.
    private static Duration longer(int looks, Duration longest) {
        var wait = Duration.ofSeconds(1L << Math.min(looks, 10));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
