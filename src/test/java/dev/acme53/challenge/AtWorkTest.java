package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Challenge;
import dev.acme53.challenge.Memory.Fact;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtWorkTest {
    private static final Instant NOW = Instant.ofEpochSecond(10);
    private static final Instant LATER = NOW.plusSeconds(120);
    private static final Challenge A = challenge("a", "1");
    private static final Challenge B = challenge("b", "2");
    private final ArrayList<Challenge> processing = new ArrayList<>();
    private final ArrayList<ResourceID> woken = new ArrayList<>();
    private final AtWork atWork = new AtWork(1, () -> List.copyOf(processing));

    {
        atWork.wakeBy(woken::add);
    }

    @Test
    void whatIsWaitedForIsDueOnceItIsConfirmed() {
        atWork.remember(A, Memory.NONE.with(Fact.STARTED).waitingUntil(LATER));
        atWork.confirmation(A).run();
        assertThat(woken).containsExactly(ResourceID.fromResource(A));
        assertThat(atWork.memory(A).notBefore()).isEqualTo(LATER);
        assertThat(atWork.recall(A, NOW).notBefore()).isEqualTo(Instant.MIN);
        assertThat(atWork.memory(A).holds(Fact.STARTED)).isTrue();
    }

    @Test
    void aConfirmationCountsOnce() {
        atWork.remember(A, Memory.NONE.waitingUntil(LATER));
        atWork.confirmation(A).run();
        atWork.recall(A, NOW);
        atWork.remember(A, Memory.NONE.waitingUntil(LATER));
        assertThat(atWork.recall(A, NOW).notBefore()).isEqualTo(LATER);
    }

    @Test
    void anAnswerFromBeforeTheConfirmationIsNotWaitedFor() {
        atWork.confirmation(A).run();
        atWork.recall(A, NOW);
        atWork.remember(A, Memory.NONE.waitingUntil(LATER));
        assertThat(atWork.recall(A, NOW).notBefore()).isEqualTo(Instant.MIN);
    }

    @Test
    void theNextWaitIsNotCutShortByAConfirmationThatTheAnswerHadAlready() {
        atWork.confirmation(A).run();
        atWork.remember(A, Memory.NONE.confirmed());
        atWork.recall(A, NOW);
        atWork.remember(A, Memory.NONE.confirmed().waitingUntil(LATER));
        assertThat(atWork.recall(A, NOW).notBefore()).isEqualTo(LATER);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLEANING", "OUT_OF_TURN"})
    void aWaitAfterAFailureIsNotCutShortByAConfirmation(Fact failed) {
        atWork.confirmation(A).run();
        atWork.remember(A, Memory.NONE.with(failed).waitingUntil(LATER));
        assertThat(atWork.recall(A, NOW).notBefore()).isEqualTo(LATER);
    }

    @Test
    void oneThatWaitsOutOfItsTurnLeavesItsPlaceToTheNext() {
        assertThat(atWork.isAdmitted(A, NOW)).isTrue();
        assertThat(atWork.isAdmitted(B, NOW)).isFalse();
        atWork.remember(A, Memory.NONE.waitingUntil(NOW));
        assertThat(woken).isEmpty();
        atWork.remember(A, Memory.NONE.with(Fact.OUT_OF_TURN).waitingUntil(NOW));
        assertThat(woken).containsExactly(ResourceID.fromResource(B));
        assertThat(atWork.isAdmitted(B, NOW)).isTrue();
    }

    @Test
    void aPlaceThatOnlyAStatusTellsOfIsTaken() {
        processing.add(A);
        assertThat(atWork.isAdmitted(B, NOW)).isFalse();
        assertThat(atWork.isAdmitted(A, NOW)).isTrue();
    }

    @Test
    void oneThatRestsIsForgottenAndTheNextIsWoken() {
        atWork.isAdmitted(A, NOW);
        atWork.isAdmitted(B, NOW);
        atWork.remember(A, Memory.NONE.with(Fact.STARTED).waitingUntil(NOW));
        atWork.confirmation(A).run();
        woken.clear();
        atWork.forget(A);
        assertThat(woken).containsExactly(ResourceID.fromResource(B));
        assertThat(atWork.recall(A, NOW)).isEqualTo(Memory.NONE);
    }

    @Test
    void ofOneThatIsForgottenALateConfirmationLeavesNothing() {
        var confirmation = atWork.confirmation(A);
        assertThat(atWork.size()).isEqualTo(1);
        atWork.forget(A);
        confirmation.run();
        assertThat(woken).containsExactly(ResourceID.fromResource(A));
        assertThat(atWork.size()).isZero();
    }

    @Test
    void aSuccessorOfTheSameNameKnowsNothing() {
        atWork.remember(A, Memory.NONE.with(Fact.VOUCHED));
        assertThat(atWork.memory(challenge("a", "3"))).isEqualTo(Memory.NONE);
    }

    private static Challenge challenge(String name, String uid) {
        var challenge = Challenges.challenge();
        challenge.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("ns")
                .withUid(uid)
                .build());
        return challenge;
    }
}
