package dev.acme53.route53;

import dev.acme53.route53.ZoneLane.Line;
import dev.acme53.route53.ZoneLane.NextCall;
import dev.acme53.route53.ZoneLane.OpenCall;
import dev.acme53.route53.ZoneLane.Sent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What a lane does and did, written by its one thread and read by any.
final class LaneLog {
    /// A lane that has sent something is remembered so long, so that people see it.
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final InstantSource clock;
    private volatile Optional<NextCall> next = Optional.empty();
    private volatile Optional<OpenCall> open = Optional.empty();
    private volatile Optional<Instant> nextTry = Optional.empty();
    private volatile Sent sent = Sent.NOTHING;

    LaneLog(InstantSource clock) {
        this.clock = clock;
    }

    void waitsForTurn(Caller caller) {
        nextTry = Optional.empty();
        var since = next.map(NextCall::since).orElseGet(clock::instant);
        next = Optional.of(new NextCall(caller.label(), since));
    }

    void hasTurn() {
        next = Optional.empty();
    }

    void calls(Caller caller, int records) {
        open = Optional.of(new OpenCall(caller.label(), records, clock.instant()));
    }

    void accepted(int records) {
        sent = sent.more(records, clock.instant());
    }

    void hasAnswer() {
        open = Optional.empty();
    }

    void waits(Duration time) {
        nextTry = time.isPositive() ? Optional.of(clock.instant().plus(time)) : Optional.empty();
    }

    boolean hasSentSince(Instant time) {
        return sent.last().filter(time::isBefore).isPresent();
    }

    boolean isForgettable(Instant now) {
        return !hasSentSince(now.minus(REMEMBERED));
    }

    ZoneLane at(String partition, String zoneId, List<Line> lines) {
        return new ZoneLane(partition, zoneId, lines, next, open, nextTry, sent);
    }
}
