package dev.acme53.challenge;

import static dev.acme53.challenge.Challenges.challenge;
import static dev.acme53.challenge.Challenges.claimed;
import static dev.acme53.challenge.Challenges.of;
import static dev.acme53.challenge.Challenges.solver;
import static dev.acme53.challenge.Challenges.spec;
import static dev.acme53.challenge.Challenges.status;
import static dev.acme53.challenge.Challenges.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Dns01Solver;
import dev.acme53.api.Finalizers;
import dev.acme53.api.Solver;
import dev.acme53.api.State;
import dev.acme53.challenge.Memory.Fact;
import dev.acme53.names.DnsName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChallengeDecisionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final Optional<AnyIssuer> ISSUER = Optional.of(new ClusterIssuer());
    private static final Memory VOUCHED = Memory.NONE.with(Fact.VOUCHED);
    private static final String PLACE = "Z1/_acme-challenge.www.example.com/";

    @Test
    void aChallengeOfAnotherSolverIsLeftAlone() {
        var other = new Solver(null, null, new Dns01Solver(null, List.of(), null, Map.of()), null, null);
        assertThat(next(of(spec("a.example", Challenges.KEY, other)))).isEqualTo(new ChallengeStep.LeaveAlone());
    }

    @Test
    void aFinishedChallengeOfAnotherSolverIsNotSpokenOf() {
        var other = new Solver(null, null, new Dns01Solver(null, List.of(), null, Map.of()), null, null);
        var c = with(of(spec("a.example", Challenges.KEY, other)), status(false, false, State.VALID));
        assertThat(next(c)).isEqualTo(new ChallengeStep.Rest());
    }

    @Test
    void whereRoute53DidNotTakeTheRecordItsPlaceIsLookedForAnew() {
        var c = claimed(with(challenge(), status(true, false, State.PENDING)), PLACE);
        assertThat(ChallengeDecision.next(c, ISSUER, VOUCHED.with(Fact.MISPLACED), NOW))
                .isEqualTo(new ChallengeStep.Locate());
        assertThat(ChallengeDecision.next(c, ISSUER, VOUCHED, NOW)).isInstanceOf(ChallengeStep.Write.class);
    }

    @Test
    void aNewChallengeStarts() {
        assertThat(next(challenge())).isEqualTo(new ChallengeStep.Start());
    }

    @Test
    void withoutItsIssuerItExplains() {
        var step = ChallengeDecision.next(with(challenge(), status(true, false, null)), Optional.empty(), VOUCHED, NOW);
        assertThat(step).isInstanceOf(ChallengeStep.Explain.class);
        assertThat(((ChallengeStep.Explain) step).reason()).startsWith("ClusterIssuer \"le\" not found");
    }

    @Test
    void atWorkItReadsItsStateAtTheCa() {
        assertThat(next(with(challenge(), status(true, false, null)))).isEqualTo(new ChallengeStep.ReadState());
    }

    @Test
    void pendingItLooksForTheRecordsPlace() {
        assertThat(next(with(challenge(), status(true, false, State.PENDING)))).isEqualTo(new ChallengeStep.Locate());
    }

    @Test
    void withoutFinalizerThePlaceIsClaimedAgainBeforeAnythingIsWritten() {
        var c = claimed(with(challenge(), status(true, false, State.PENDING)), PLACE);
        c.getMetadata().setFinalizers(List.of());
        assertThat(next(c)).isEqualTo(new ChallengeStep.Locate());
    }

    @Test
    void claimedItWrites() {
        var c = claimed(with(challenge(), status(true, false, State.PENDING)), PLACE);
        assertThat(next(c))
                .isEqualTo(
                        new ChallengeStep.Write(WrittenRecord.at("Z1", DnsName.of("_acme-challenge.www.example.com"))));
    }

    @Test
    void anAcceptedChangeIsNotWrittenTwiceAfterACrash() {
        var c = claimed(with(challenge(), status(true, false, State.PENDING)), PLACE + "C1");
        assertThat(next(c)).isEqualTo(new ChallengeStep.MarkPresented());
    }

    @Test
    void presentedItAsksWhetherTheChangeIsInSync() {
        var c = claimed(with(challenge(), status(true, true, State.PENDING)), PLACE + "C1");
        assertThat(next(c))
                .isEqualTo(new ChallengeStep.Confirm(
                        new WrittenRecord(
                                "Z1", DnsName.of("_acme-challenge.www.example.com"), Optional.of("C1"), false),
                        "C1"));
    }

    @Test
    void aRecordThatThePeerWroteIsInSyncAlready() {
        var c = with(challenge(), status(true, true, State.PENDING));
        c.getMetadata().setFinalizers(List.of(Finalizers.CHALLENGE));
        assertThat(next(c)).isEqualTo(new ChallengeStep.Look(Instant.MAX));
    }

    @Test
    void inSyncItLooksAtDns() {
        var c = claimed(with(challenge(), status(true, true, State.PENDING)), PLACE + "C1");
        assertThat(ChallengeDecision.next(c, ISSUER, VOUCHED.confirmed(), NOW))
                .isEqualTo(new ChallengeStep.Look(Instant.MAX));
    }

    @Test
    void whereDnsNeedNotShowTheRecordItIsAcceptedWhenItHasHadItsTime() {
        var c = claimed(with(challenge(), status(true, true, State.PENDING)), PLACE + "C1");
        var memory = VOUCHED.confirmed().lookingUntil(NOW.plusSeconds(10));
        assertThat(ChallengeDecision.next(c, ISSUER, memory, NOW))
                .isEqualTo(new ChallengeStep.Look(NOW.plusSeconds(10)));
        assertThat(ChallengeDecision.next(c, ISSUER, memory, NOW.plusSeconds(10)))
                .isEqualTo(new ChallengeStep.Accept());
    }

    @Test
    void seenItIsAccepted() {
        var c = claimed(with(challenge(), status(true, true, State.PENDING)), PLACE + "C1");
        assertThat(ChallengeDecision.next(c, ISSUER, VOUCHED.seen(), NOW)).isEqualTo(new ChallengeStep.Accept());
    }

    @Test
    void acceptedItAsksForTheResult() {
        var c = claimed(with(challenge(), status(true, true, State.PENDING)), PLACE + "C1");
        assertThat(ChallengeDecision.next(c, ISSUER, VOUCHED.accepted(NOW), NOW))
                .isEqualTo(new ChallengeStep.AskResult());
    }

    @Test
    void nothingIsDoneBeforeItIsDue() {
        var due = NOW.plusSeconds(3);
        var c = claimed(with(challenge(), status(true, true, State.PENDING)), PLACE + "C1");
        assertThat(ChallengeDecision.next(c, ISSUER, VOUCHED.waitingUntil(due), NOW))
                .isEqualTo(new ChallengeStep.Wait(due));
    }

    @Test
    void waitInsteadOfSelfCheckCountsFromPresentedAt() {
        var c = claimed(
                with(
                        of(spec("www.example.com", Challenges.KEY, solver("", null, "90s"))),
                        status(true, true, State.PENDING)),
                PLACE + "C1");
        assertThat(ChallengeDecision.next(c, ISSUER, VOUCHED.confirmed(), NOW))
                .isEqualTo(new ChallengeStep.Wait(Instant.parse("2026-01-01T00:01:30Z")));
        assertThat(ChallengeDecision.next(c, ISSUER, VOUCHED.confirmed(), NOW.plusSeconds(30)))
                .isEqualTo(new ChallengeStep.Accept());
    }

    @Test
    void whereNobodySaidWhenItWasPresentedTheWaitBeginsNow() {
        var c = with(
                of(spec("www.example.com", Challenges.KEY, solver("", null, "90s"))),
                new ChallengeStatus(true, true, null, "", State.PENDING));
        assertThat(next(c)).isEqualTo(new ChallengeStep.DatePresented(NOW));
    }

    @ParameterizedTest
    @EnumSource(names = {"VALID", "INVALID", "EXPIRED", "ERRORED"})
    void inAFinalStateTheRecordIsRemovedBeforeThePlaceIsGivenBack(State state) {
        var c = claimed(with(challenge(), status(true, true, state)), PLACE + "C1");
        assertThat(next(c)).isEqualTo(new ChallengeStep.CleanUp());
        c.getMetadata().setFinalizers(List.of());
        assertThat(next(c)).isEqualTo(new ChallengeStep.Finish());
        assertThat(next(with(c, status(false, false, state)))).isEqualTo(new ChallengeStep.Rest());
    }

    @Test
    void deletedAndWithoutAnyFinalizerItIsGone() {
        var c = with(challenge(), status(true, true, State.VALID));
        c.getMetadata().setDeletionTimestamp("2026-01-01T00:00:30Z");
        assertThat(next(c)).isEqualTo(new ChallengeStep.Rest());
        c.getMetadata().setFinalizers(List.of("example.com/other"));
        assertThat(next(c)).isEqualTo(new ChallengeStep.Finish());
    }

    @Test
    void theLegacyFinalizerAlsoMeansCleanUp() {
        var c = with(challenge(), status(false, false, State.VALID));
        c.getMetadata().setFinalizers(List.of(Finalizers.CHALLENGE_LEGACY));
        assertThat(next(c)).isEqualTo(new ChallengeStep.CleanUp());
    }

    @Test
    void deletedItIsCleanedUpEvenWithoutItsIssuer() {
        var c = claimed(with(challenge(), status(true, true, State.PENDING)), PLACE + "C1");
        c.getMetadata().setDeletionTimestamp("2026-01-01T00:00:30Z");
        assertThat(ChallengeDecision.next(c, Optional.empty(), VOUCHED, NOW)).isEqualTo(new ChallengeStep.CleanUp());
    }

    @Test
    void whatPresentingHadToWaitForDoesNotKeepCleanUpWaiting() {
        var due = NOW.plusSeconds(300);
        var c = claimed(with(challenge(), status(true, false, State.PENDING)), PLACE);
        c.getMetadata().setDeletionTimestamp("2026-01-01T00:00:30Z");
        assertThat(ChallengeDecision.next(c, ISSUER, VOUCHED.waitingUntil(due), NOW))
                .isEqualTo(new ChallengeStep.CleanUp());
        assertThat(ChallengeDecision.next(c, ISSUER, VOUCHED.waitingUntil(due).with(Fact.CLEANING), NOW))
                .isEqualTo(new ChallengeStep.Wait(due));
    }

    @Test
    void hostileValuesAreRefusedBeforeTheyReachARecord() {
        assertThat(next(of(spec("www.example.com", "\"evil\" \"text\"", solver("", null, null)))))
                .isInstanceOf(ChallengeStep.Give.class);
        assertThat(next(of(spec("a b.example", Challenges.KEY, solver("", null, null)))))
                .isInstanceOf(ChallengeStep.Give.class);
    }

    @Test
    void beforeAnythingElseItsOrderVouchesForIt() {
        var c = with(challenge(), status(true, false, null));
        assertThat(ChallengeDecision.next(c, ISSUER, Memory.NONE, NOW)).isEqualTo(new ChallengeStep.Vouch());
    }

    @Test
    void anAnnotationDoesNotVouch() {
        var c = claimed(with(challenge(), status(true, false, State.PENDING)), PLACE + "C1");
        assertThat(ChallengeDecision.next(c, ISSUER, Memory.NONE, NOW)).isEqualTo(new ChallengeStep.Vouch());
    }

    @Test
    void whatWasPresentedOnceIsVouchedFor() {
        var presented = with(challenge(), status(true, true, State.PENDING));
        assertThat(ChallengeDecision.next(presented, ISSUER, Memory.NONE, NOW))
                .isEqualTo(new ChallengeStep.Look(Instant.MAX));
        var lost = claimed(with(challenge(), status(true, true, State.PENDING).withPresented(false)), PLACE);
        assertThat(ChallengeDecision.next(lost, ISSUER, Memory.NONE, NOW)).isInstanceOf(ChallengeStep.Write.class);
    }

    @Test
    void startedItGoesOnBeforeItsStatusSaysSo() {
        var c = with(challenge(), status(false, false, null));
        assertThat(ChallengeDecision.next(c, ISSUER, Memory.NONE, NOW)).isEqualTo(new ChallengeStep.Start());
        assertThat(ChallengeDecision.next(c, ISSUER, Memory.NONE.with(Fact.STARTED), NOW))
                .isEqualTo(new ChallengeStep.Vouch());
    }

    @Test
    void itsLastStatusWaitsAWhileForItsOrderToDeleteIt() {
        var c = with(challenge(), status(true, true, State.VALID));
        var cleaned = Memory.NONE.with(Fact.CLEANED).waitingUntil(NOW.plusSeconds(1));
        assertThat(ChallengeDecision.next(c, ISSUER, cleaned, NOW))
                .isEqualTo(new ChallengeStep.Linger(NOW.plusSeconds(1)));
        assertThat(ChallengeDecision.next(c, ISSUER, cleaned, NOW.plusSeconds(1)))
                .isEqualTo(new ChallengeStep.Finish());
        assertThat(ChallengeDecision.next(c, ISSUER, Memory.NONE, NOW)).isEqualTo(new ChallengeStep.Finish());
    }

    @Test
    void dueAgainItTakesAPlaceAgain() {
        var due = NOW.minusSeconds(1);
        var waited = VOUCHED.with(Fact.OUT_OF_TURN).waitingUntil(due);
        var c = with(challenge(), status(true, false, State.PENDING));
        assertThat(ChallengeDecision.next(c, ISSUER, waited, NOW)).isEqualTo(new ChallengeStep.Resume(due));
    }

    @Test
    void cleanUpWaitsForNoPlace() {
        var c = claimed(with(challenge(), status(true, true, State.PENDING)), PLACE + "C1");
        c.getMetadata().setDeletionTimestamp("2026-01-01T00:00:30Z");
        assertThat(ChallengeDecision.next(c, ISSUER, Memory.NONE.with(Fact.OUT_OF_TURN), NOW))
                .isEqualTo(new ChallengeStep.CleanUp());
    }

    @Test
    void whatNobodyVouchedForGoesWithoutACallToAws() {
        var c = claimed(with(challenge(), status(true, false, null)), PLACE + "C1");
        c.getMetadata().setDeletionTimestamp("2026-01-01T00:00:30Z");
        assertThat(next(c)).isEqualTo(new ChallengeStep.LetGo());
    }

    private static ChallengeStep next(Challenge challenge) {
        return ChallengeDecision.next(challenge, ISSUER, VOUCHED, NOW);
    }
}
