package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.api.Challenge;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordCallsTest {
    private final CallsRig rig = new CallsRig();
    private final List<Callable<Outcome>> outcomes = new ArrayList<>();
    private final Challenge challenge = Challenges.claimed(Challenges.challenge("Z1"), CallsRig.NOTED);

    @AfterEach
    void close() {
        rig.close();
    }

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
}
