package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Challenge;
import dev.acme53.aws.Resolution;
import dev.acme53.challenge.SolverSessions.Granted;
import org.junit.jupiter.api.Test;

class SolverSessionsTest {
    private static final Resolution GONE = new Resolution.Refused("secret \"ns/aws\" not found", true);
    private Resolution answer = GONE;
    private final SolverSessions sessions = FakeSession.sessions(() -> answer);

    @Test
    void cleanUpGoesOnWithWhatItsChallengeHadLast() {
        var challenge = Challenges.challenge();
        answer = new Resolution.Granted(new FakeSession("keys#1", true));
        assertThat(identity(sessions.now(challenge))).isEqualTo("keys#1");
        answer = GONE;
        assertThat(sessions.now(challenge)).isEqualTo(new Granted.Refused("secret \"ns/aws\" not found"));
        assertThat(identity(sessions.nowOrLast(challenge))).isEqualTo("keys#1");
        answer = new Resolution.Granted(new FakeSession("keys#2", true));
        assertThat(identity(sessions.nowOrLast(challenge))).isEqualTo("keys#2");
    }

    @Test
    void aLastSessionThatHasEndedLeavesTheRefusal() {
        var challenge = Challenges.challenge();
        answer = new Resolution.Granted(new FakeSession("role#1", false));
        sessions.now(challenge);
        answer = GONE;
        assertThat(sessions.nowOrLast(challenge)).isEqualTo(new Granted.Refused("secret \"ns/aws\" not found"));
    }

    @Test
    void noChallengeUsesWhatAnotherHad() {
        answer = new Resolution.Granted(new FakeSession("keys#1", true));
        sessions.now(Challenges.challenge());
        answer = GONE;
        assertThat(sessions.nowOrLast(successor())).isInstanceOf(Granted.Refused.class);
    }

    @Test
    void whatIsForgottenIsNotUsed() {
        var challenge = Challenges.challenge();
        answer = new Resolution.Granted(new FakeSession("keys#1", true));
        sessions.now(challenge);
        sessions.forget("u");
        answer = GONE;
        assertThat(sessions.nowOrLast(challenge)).isInstanceOf(Granted.Refused.class);
    }

    private static Challenge successor() {
        var challenge = Challenges.challenge();
        challenge.getMetadata().setUid("another");
        return challenge;
    }

    private static String identity(Granted granted) {
        return ((Granted.To) granted).caller().identity();
    }
}
