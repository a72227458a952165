package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Challenge;
import dev.acme53.aws.AwsSession;
import dev.acme53.aws.Resolution;
import dev.acme53.aws.SessionDescription;
import dev.acme53.challenge.SolverSessions.Granted;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;

class SolverSessionsTest {
    private static final Resolution GONE = new Resolution.Refused("secret \"ns/aws\" not found", true);
    private Resolution answer = GONE;
    private final SolverSessions sessions = new SolverSessions(
            (_, _) -> answer,
            new ChallengeSettings(1, Duration.ofSeconds(1), false, false, Duration.ofHours(1), Duration.ZERO, true),
            "kube-system");

    @Test
    void cleanUpGoesOnWithWhatItsChallengeHadLast() {
        var challenge = Challenges.challenge();
        answer = new Resolution.Granted(new Session("keys#1"));
        assertThat(identity(sessions.now(challenge))).isEqualTo("keys#1");
        answer = GONE;
        assertThat(sessions.now(challenge)).isEqualTo(new Granted.Refused("secret \"ns/aws\" not found"));
        assertThat(identity(sessions.nowOrLast(challenge))).isEqualTo("keys#1");
        answer = new Resolution.Granted(new Session("keys#2"));
        assertThat(identity(sessions.nowOrLast(challenge))).isEqualTo("keys#2");
    }

    @Test
    void aLastSessionThatHasEndedLeavesTheRefusal() {
        var challenge = Challenges.challenge();
        answer = new Resolution.Granted(new Session("role#1", false));
        sessions.now(challenge);
        answer = GONE;
        assertThat(sessions.nowOrLast(challenge)).isEqualTo(new Granted.Refused("secret \"ns/aws\" not found"));
    }

    @Test
    void noChallengeUsesWhatAnotherHad() {
        answer = new Resolution.Granted(new Session("keys#1"));
        sessions.now(Challenges.challenge());
        answer = GONE;
        assertThat(sessions.nowOrLast(successor())).isInstanceOf(Granted.Refused.class);
    }

    @Test
    void whatIsForgottenIsNotUsed() {
        var challenge = Challenges.challenge();
        answer = new Resolution.Granted(new Session("keys#1"));
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

    private record Session(String identity, boolean canSign) implements AwsSession {
        Session(String identity) {
            this(identity, true);
        }

        @Override
        public String partition() {
            return "aws";
        }

        @Override
        public Route53Client route53() {
            throw new AssertionError("no call is made");
        }

        @Override
        public SessionDescription description() {
            var endpoint = URI.create("https://aws.test");
            return new SessionDescription(
                    "keys", false, List.of(), "us-east-1", "field", "aws", endpoint, "us-east-1", endpoint);
        }
    }
}
