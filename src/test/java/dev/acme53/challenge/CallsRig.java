package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.aws.Resolution;
import dev.acme53.names.DnsName;
import dev.acme53.route53.Caller;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord;
import dev.acme53.route53.WantedRecord.Presence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The calls of Challenges to a Route 53 that answers when it is told to.
final class CallsRig {
    /// The place that DNS leads to at first.
    static final String NOTED = "Z1/_acme-challenge.www.example.com/";

    record Wanted(String zoneId, WantedRecord record, Consumer<ChangeResult> told) {}

    final Claims claims = new Claims();
    final List<Wanted> wanted = new ArrayList<>();
    Runnable whileResolving = () -> {};
    boolean closedLane;

    /// Where DNS leads.
    WrittenRecord belongs = WrittenRecord.at("Z1", DnsName.of("_acme-challenge.www.example.com"));

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-28T00:00:00Z"));
    private final Places places = new Places() {
        @Override
        public Place of(Challenge challenge, Caller caller) {
            return new Place.At(belongs);
        }

        @Override
        public void forget(Caller caller, DnsName name) {}
    };
    private final SolverSessions sessions = FakeSession.sessions(() -> {
        whileResolving.run();
        return new Resolution.Granted(new FakeSession("keys#1", true));
    });

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
                sessions, places, this::want, claims, new CleanUpGrace(Duration.ofHours(1)), _ -> false, clock);
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
}
