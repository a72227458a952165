package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Challenge;
import dev.acme53.api.State;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.Route53Failure;
import dev.acme53.route53.WantedRecord.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanUpCallsTest {
    private static final String OTHER_KEY = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA";

    private final CallsRig rig = new CallsRig();
    private final List<Callable<Outcome>> outcomes = new ArrayList<>();
    private final Challenge mine = claiming("mine", Challenges.KEY, State.PENDING);
    private final Challenge others = claiming("others", Challenges.KEY, State.PENDING);
    private List<Challenge> known = List.of(mine, others);

    @BeforeEach
    void look() {
        rig.claims.lookIn(_ -> known);
    }

    private static Challenge claiming(String uid, String key, @Nullable State state) {
        var challenge = Challenges.of(Challenges.spec("www.example.com", key, Challenges.solver("Z1", null, null)));
        challenge.getMetadata().setUid(uid);
        return Challenges.with(
                Challenges.claimed(challenge, CallsRig.NOTED + "C1"), Challenges.status(true, true, state));
    }

    /// As the reconciler does it.
    private void end(Challenge challenge) {
        assertThat(rig.claims.withdraw(challenge)).isTrue();
    }

    private void remove(Challenge challenge) {
        rig.cleanUp().remove(challenge, outcomes::add);
    }

    private Outcome outcome() throws Exception {
        assertThat(outcomes).hasSize(1);
        return outcomes.removeFirst().call();
    }

    private void assertIsRemoved(Challenge challenge) throws Exception {
        remove(challenge);
        rig.answer(Presence.ABSENT, new ChangeResult.Accepted("C2", false));
        assertThat(outcome()).isInstanceOf(Outcome.Removed.class);
    }

    @Test
    void whatTwoChallengesShareStaysForTheOneThatRemainsAndGoesWithIt() throws Exception {
        end(mine);
        remove(mine);
        assertThat(rig.wanted).isEmpty();
        assertThat(outcome()).isInstanceOf(Outcome.Removed.class);
        end(others);
        assertIsRemoved(others);
    }

    @Test
    void ofTwoThatEndTogetherWhateverTheCacheSaysByThenNoneLeavesItToTheOther() throws Exception {
        end(mine);
        end(others);
        assertIsRemoved(mine);
        assertIsRemoved(others);
    }

    @Test
    void whoHasEndedBeforeThisProcessDidHoldsNothing() throws Exception {
        others.getMetadata().setDeletionTimestamp("2026-11-28T00:00:00Z");
        assertIsRemoved(mine);
        known = List.of(mine, claiming("valid", Challenges.KEY, State.VALID));
        assertIsRemoved(mine);
    }

    @Test
    void aValueOfItsOwnIsRemovedWhoeverElseStandsThere() throws Exception {
        known = List.of(mine, claiming("wildcard", OTHER_KEY, State.PENDING));
        assertIsRemoved(mine);
    }

    @Test
    void whatSomebodyMadeUpHoldsNothing() throws Exception {
        known = List.of(mine, claiming("made-up", Challenges.KEY, null));
        assertIsRemoved(mine);
    }

    @Test
    void aRemovalThatWasOvertakenIsNone() throws Exception {
        known = List.of(mine);
        end(mine);
        remove(mine);
        rig.answer(Presence.ABSENT, new ChangeResult.Failed(new Route53Failure.Transient("it was wanted once more")));
        assertThat(outcome()).isInstanceOf(Outcome.NotRemoved.class);
    }
}
