package dev.acme53.challenge;

import dev.acme53.aws.AwsSession;
import dev.acme53.aws.Resolution;
import dev.acme53.aws.SessionDescription;
import dev.acme53.dns.Nameserver;
import dev.acme53.dns.Resolvers;
import dev.acme53.rig.DirectNetwork;
import dev.acme53.route53.AccountCalls;
import dev.acme53.route53.Caller;
import dev.acme53.route53.HostedZones;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.RequestLimits;
import dev.acme53.route53.WantedRecord;
import dev.acme53.route53.WantedRecord.Presence;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.route53.Route53Client;

/// The calls of Challenges whose solver names its zone, with a Route 53 that answers when it is told to.
final class CallsRig implements AutoCloseable {
    /// The place of a Challenge of zone `Z1`.
    static final String NOTED = "Z1/_acme-challenge.www.example.com/";

    record Wanted(String zoneId, WantedRecord record, Consumer<ChangeResult> told) {}

    final Claims claims = new Claims();
    final List<Wanted> wanted = new ArrayList<>();
    Runnable whileResolving = () -> {};
    boolean closedLane;

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-28T00:00:00Z"));
    private final Resolvers resolvers =
            Resolvers.of(List.of(new Nameserver.Plain("192.0.2.1", 53)), true, clock, DirectNetwork.doh());
    private final RecordPlaces places =
            new RecordPlaces(new HostedZones(new AccountCalls(new RequestLimits(10, 0), clock), clock), resolvers);
    private final SolverSessions sessions = new SolverSessions(
            (_, _) -> {
                whileResolving.run();
                return new Resolution.Granted(new Keys());
            },
            new ChallengeSettings(1, Duration.ofSeconds(1), false, false, Duration.ofHours(1), Duration.ZERO, true),
            "kube-system");

    RecordCalls records() {
        return new RecordCalls(
                sessions,
                places,
                this::want,
                (_, _, _) -> {
                    throw new AssertionError("no change is followed");
                },
                claims);
    }

    CleanUpCalls cleanUp() {
        return new CleanUpCalls(
                sessions,
                places,
                this::want,
                claims,
                new CleanUpGrace(Duration.ofHours(1)),
                _ -> false,
                clock);
    }

    private void want(Caller caller, String zoneId, WantedRecord record, Consumer<ChangeResult> told) {
        if (closedLane) {
            throw new IllegalStateException("closed");
        }
        wanted.add(new Wanted(zoneId, record, told));
    }

    /// Answers the one wish there is.
    void answer(Presence presence, ChangeResult result) {
        var wish = wanted.removeFirst();
        if (wish.record().presence() != presence) {
            throw new AssertionError("wanted " + wish.record());
        }
        wish.told().accept(result);
    }

    @Override
    public void close() {
        resolvers.close();
    }

    private record Keys() implements AwsSession {
        @Override
        public String identity() {
            return "keys#1";
        }

        @Override
        public boolean canSign() {
            return true;
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
