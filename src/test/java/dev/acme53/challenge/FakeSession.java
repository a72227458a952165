package dev.acme53.challenge;

import dev.acme53.aws.AwsSession;
import dev.acme53.aws.Resolution;
import dev.acme53.aws.SessionDescription;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.route53.Route53Client;

/// A session that asks nobody for anything.
///
/// @param client of whoever calls by it
record FakeSession(String identity, boolean canSign, Supplier<Route53Client> client) implements AwsSession {
    /// One by which no call is made.
    FakeSession(String identity, boolean canSign) {
        this(identity, canSign, () -> {
            throw new AssertionError("no call is made");
        });
    }

    /// What Challenges have, if every solver has `credentials`, asked for each time.
    static SolverSessions sessions(Supplier<Resolution> credentials) {
        return new SolverSessions(
                (_, _) -> credentials.get(),
                new ChallengeSettings(1, Duration.ofSeconds(1), false, false, Duration.ofHours(1), Duration.ZERO, true),
                "kube-system");
    }

    @Override
    public String partition() {
        return "aws";
    }

    @Override
    public Route53Client route53() {
        return client.get();
    }

    @Override
    public SessionDescription description() {
        var endpoint = URI.create("https://aws.test");
        return new SessionDescription(
                "keys", false, List.of(), "us-east-1", "field", "aws", endpoint, "us-east-1", endpoint);
    }
}
