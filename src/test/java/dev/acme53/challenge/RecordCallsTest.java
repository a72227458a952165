package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.acme53.api.Challenge;
import dev.acme53.api.CnameStrategy;
import dev.acme53.api.State;
import dev.acme53.names.DnsName;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.Route53Failure;
import dev.acme53.route53.WantedRecord.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCallsTest {
    private final CallsRig rig = new CallsRig();
    private final List<Callable<Outcome>> outcomes = new ArrayList<>();
    private final Challenge challenge = Challenges.claimed(
            Challenges.of(Challenges.spec(
                    "www.example.com", Challenges.KEY, Challenges.solver("", CnameStrategy.FOLLOW, null))),
            CallsRig.NOTED);

    private void write(WritePermit permit) {
        rig.records().write(challenge, WrittenRecord.of(challenge).orElseThrow(), permit, outcomes::add);
    }

    private Outcome outcome() throws Exception {
        assertThat(outcomes).hasSize(1);
        return outcomes.removeFirst().call();
    }

    @Test
    void cleanUpThatBeginsWhileCredentialsAreLookedForLeavesNothingToWrite() throws Exception {
        rig.whileResolving = () -> assertThat(rig.claims.withdraw(challenge)).isTrue();
        write(rig.claims.permit(challenge));
        assertThat(rig.wanted).isEmpty();
        assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void soItDoesForAnErrandThatBeginsWhenTheChallengeIsForgotten() throws Exception {
        var permit = rig.claims.permit(challenge);
        rig.claims.withdraw(challenge);
        rig.claims.forget(challenge);
        write(permit);
        assertThat(rig.wanted).isEmpty();
        assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void soItDoesWhereSomebodyElseTookTheFinalizerOff() throws Exception {
        rig.whileResolving = () -> rig.claims.rest(challenge);
        write(rig.claims.permit(challenge));
        assertThat(rig.wanted).isEmpty();
        assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void cleanUpWaitsForTheAnswerToWhatIsWantedAlready() throws Exception {
        write(rig.claims.permit(challenge));
        assertThat(rig.claims.withdraw(challenge)).isFalse();
        assertThat(rig.claims.withdraw(challenge)).as("asked once more").isFalse();
        rig.answer(Presence.PRESENT, new ChangeResult.Accepted("C1", false));
        assertThat(rig.claims.withdraw(challenge)).isTrue();
        assertThat(outcome()).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void theAnswerIsCountedBeforeTheChallengeIsWoken() {
        rig.records()
                .write(
                        challenge,
                        WrittenRecord.of(challenge).orElseThrow(),
                        rig.claims.permit(challenge),
                        _ -> assertThat(rig.claims.withdraw(challenge)).isTrue());
        rig.answer(Presence.PRESENT, new ChangeResult.Accepted("C1", false));
        assertThat(rig.claims.withdraw(challenge)).isTrue();
    }

    @Test
    void aWishThatFailsInAWayNobodyForesawHoldsUpNoCleanUp() {
        rig.closedLane = true;
        assertThatThrownBy(() -> write(rig.claims.permit(challenge))).isInstanceOf(IllegalStateException.class);
        assertThat(rig.claims.withdraw(challenge)).isTrue();
    }

    @Test
    void aRemovalThatIsRepeatedKeepsWritesOut() {
        var permit = rig.claims.permit(challenge);
        assertThat(rig.claims.withdraw(challenge)).isTrue();
        assertThat(rig.claims.withdraw(challenge)).isTrue();
        write(permit);
        assertThat(rig.wanted).isEmpty();
    }

    @Test
    void whoeverIsDecidedToBeWrittenAgainMayBe() {
        rig.claims.withdraw(challenge);
        write(rig.claims.permit(challenge));
        assertThat(rig.wanted).hasSize(1);
    }

    private void move() {
        rig.belongs = WrittenRecord.at("Z2", DnsName.of("proof.example.net"));
    }

    @Test
    void whatMayStandAtTheNotedPlaceIsRemovedBeforeAnotherIsNoted() throws Exception {
        move();
        write(rig.claims.permit(challenge));
        assertThat(outcomes).isEmpty();
        assertThat(rig.wanted.getFirst().zoneId()).isEqualTo("Z1");
        assertThat(rig.wanted.getFirst().record().record().name().text()).isEqualTo("_acme-challenge.www.example.com");
        rig.answer(Presence.ABSENT, new ChangeResult.AlreadyAbsent());
        assertThat(outcome()).isEqualTo(new Outcome.Located(rig.belongs));
    }

    @Test
    void aPlaceThatIsLookedForAnewIsTheNotedOneUntilThatIsCleared() {
        move();
        var noted = Challenges.claimed(challenge, CallsRig.NOTED + "C1");
        assertThat(rig.records().locate(noted))
                .isEqualTo(new Outcome.Located(WrittenRecord.at("Z1", DnsName.of("_acme-challenge.www.example.com"))));
        assertThat(rig.wanted).isEmpty();
    }

    @Test
    void aPlaceThatIsTheSameIsNotCleared() {
        assertThat(rig.records().locate(challenge)).isEqualTo(new Outcome.Located(rig.belongs));
    }

    @Test
    void aRecordThatAnotherChallengeHasThereTooStaysForIt() throws Exception {
        var other = Challenges.with(
                Challenges.claimed(Challenges.of(challenge.getSpec()), CallsRig.NOTED),
                Challenges.status(true, true, State.PENDING));
        other.getMetadata().setUid("other");
        rig.claims.lookIn(_ -> List.of(challenge, other));
        move();
        write(rig.claims.permit(challenge));
        assertThat(rig.wanted).isEmpty();
        assertThat(outcome()).isEqualTo(new Outcome.Located(rig.belongs));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new Route53Failure.Transient("later"), false, false),
                arguments(new Route53Failure.Throttled("later"), false, false),
                arguments(new Route53Failure.BadCredentials("who"), false, false),
                arguments(new Route53Failure.RejectedRecord("no"), false, false),
                arguments(new Route53Failure.NoSuchZone("gone"), true, true),
                arguments(new Route53Failure.Permanent("denied"), false, true),
                arguments(new Route53Failure.Permanent("denied"), true, false));
    }

    @ParameterizedTest(name = "{0}, presented before {1}: goes on {2}")
    @MethodSource("failures")
    void aPlaceThatMayStillHoldTheRecordIsNotForgotten(Route53Failure failure, boolean presented, boolean goesOn)
            throws Exception {
        if (presented) { // and the change was lost
            challenge.setStatus(Challenges.status(true, true, State.PENDING).withPresented(false));
        }
        move();
        write(rig.claims.permit(challenge));
        rig.answer(Presence.ABSENT, new ChangeResult.Failed(failure));
        assertThat(outcome())
                .isEqualTo(
                        goesOn
                                ? new Outcome.Located(rig.belongs)
                                : new Outcome.Failed(failure.message(), "PresentError", Optional.empty()));
    }
}
