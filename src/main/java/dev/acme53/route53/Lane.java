package dev.acme53.route53;

import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.Route53Failures.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All changes of one hosted zone, one call at a time: Route 53 refuses one while it works on another.
///
/// It waits for its turn in the request budget and only then puts the batch together, so that what comes meanwhile
/// rides along; once somebody comes whose turn is earlier, it waits in that one's name. Told that the zone is busy
/// (`PriorRequestNotComplete`) or the account's budget spent (`Throttling`), it waits 1, 2, 4 … at most 20 s between
/// tries, for two minutes in all. A batch that is refused for what is in it is taken apart ([Verdict]).
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /// A zone that took something in that time is written to by many, as far as anybody knows.
    private static final Duration BUSY = Duration.ofSeconds(20);

    /// So that an UPSERT which arrives while deletions wait for company does not wait with them.
    private static final Duration LONGEST_NAP = Duration.ofMillis(250);

    private static final Route53Failure FAULT =
            new Route53Failure.Transient(Operation.CHANGE.saying("a fault of the controller, see its log"));

    /// So many records are sent together however often the rate is found too high.
    private static final int SMALL = 50;

    private final AccountCalls calls;
    private final BatchCall batch;
    private final InstantSource clock;
    private final LaneWaits waits;
    private final Pause pause;
    private final Executor threads;
    private final LaneLog log;
    private final LaneQueue queue;
    private final ZoneDenials denials = new ZoneDenials();
    private int most = LaneQueue.FULL;
    private boolean served;
    private boolean closed;

    Lane(AccountCalls calls, String zoneId, InstantSource clock, LaneWaits waits, Pause pause, Executor threads) {
        this.calls = calls;
        this.clock = clock;
        this.waits = waits;
        this.pause = pause;
        this.threads = threads;
        queue = new LaneQueue(this::lead);
        log = new LaneLog(clock);
        batch = new BatchCall(calls, zoneId, log);
    }

    /// Nobody gathers records for a zone that was left alone for a while: whoever comes to it first has no company.
    private Duration lead(Caller caller) {
        return log.hasSentSince(clock.instant().minus(BUSY)) ? calls.lead(caller) : Duration.ZERO;
    }

    /// Puts `wanted` in line; the answer comes when Route 53 has given one.
    synchronized void add(Caller caller, WantedRecord wanted, CompletableFuture<ChangeResult> answer) {
        var now = clock.instant();
        var denied = denials.holdingBack(caller.identity(), wanted.record(), now);
        if (closed) {
            answer.complete(new ChangeResult.Failed(BatchCall.STOPPED));
        } else if (denied.isPresent()) {
            answer.complete(new ChangeResult.Failed(denied.get()));
        } else {
            var entry = new Entry(caller, wanted);
            entry.awaitedBy(answer);
            queue.add(entry, now);
            if (!served) {
                threads.execute(this::serve);
                served = true;
            }
        }
    }

    /// Sends nothing more.
    synchronized void close() {
        closed = true;
        queue.takeAll().forEach(part -> apply(Verdict.held(part, BatchCall.STOPPED)));
    }

    /// Whether nobody would miss it.
    synchronized boolean isForgettable() {
        var now = clock.instant();
        return !served && denials.isForgotten(now) && log.isForgettable(now);
    }

    LaneLog log() {
        return log;
    }

    private void serve() {
        try {
            for (var wait = untilDue(); !wait.isNegative(); wait = untilDue()) {
                if (wait.isPositive()) {
                    pause.of(wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP);
                } else {
                    serveNext();
                }
            }
        } catch (InterruptedException _) {
            close();
        } catch (RuntimeException | Error e) {
            left(e);
        }
    }

    /// Nobody waits for a thread that has ended; whoever comes next is served by another.
    private synchronized void left(Throwable fault) {
        served = false;
        fault(List.of());
        logged(fault);
    }

    private void logged(Throwable fault) {
        LOG.atError()
                .addKeyValue("hosted_zone_id", batch.zoneId())
                .setCause(fault)
                .log("a call failed in a way nobody foresaw");
    }

    /// Negative when nothing waits; then this lane is no longer served.
    private synchronized Duration untilDue() {
        if (closed) {
            close();
        }
        return queue.untilDue(clock.instant()).orElseGet(() -> {
            served = false;
            return Duration.ofNanos(-1);
        });
    }

    private void serveNext() throws InterruptedException {
        var sent = new ArrayList<Part>();
        try {
            var caller = next();
            if (caller == null) {
                return;
            }
            var turn = batch.turn(caller, this::others);
            var part = take(turn.caller().identity());
            if (part == null) {
                turn.giveBack();
            } else {
                sent.add(part);
                if (part.complaint() == null) {
                    send(turn, part);
                } else {
                    turn.giveBack();
                    settle(part.entries().getFirst(), part.complaint());
                }
            }
        } catch (RuntimeException | Error e) {
            // nothing may end this thread while others wait in the lane
            fault(sent);
            logged(e);
        }
    }

    /// Tells those whose turn it was; all who wait when it was nobody's.
    private synchronized void fault(List<Part> sent) {
        (sent.isEmpty() ? queue.takeAll() : sent).forEach(part -> apply(Verdict.held(part, FAULT)));
    }

    private void send(Turn turn, Part part) throws InterruptedException {
        var answer = batch.send(turn, part.caller(), part.changes());
        if (answer instanceof BatchAnswer.Busy busy) {
            rest(busy(part, busy));
        } else {
            heard(part, answer);
        }
    }

    private void settle(Entry odd, Complaint complaint) throws InterruptedException {
        var result = new OddRecord(calls, batch, odd, complaint).settle();
        if (result instanceof ChangeResult.Failed(Route53Failure.Throttled throttled)) {
            rest(busy(Part.of(List.of(odd)), new BatchAnswer.Busy(throttled, false)));
        } else {
            odd.complete(result);
        }
    }

    private void rest(Duration wait) throws InterruptedException {
        log.waits(wait);
        pause.of(wait);
    }

    /// In whose name to call next; `null` when the next in line needs no call.
    private synchronized @Nullable Caller next() {
        var now = clock.instant();
        var caller = queue.turn(now).orElse(null);
        if (caller == null) {
            return null;
        }
        var unasked = unasked(caller.identity(), now);
        unasked.ifPresent(
                verdict -> queue.take(caller.identity(), most, now).ifPresent(part -> apply(verdict.apply(part))));
        return unasked.isPresent() ? null : caller;
    }

    /// In whose names the call may be made as well that waits for its turn, for the lane has something of theirs.
    private synchronized List<Caller> others() {
        var now = clock.instant();
        return queue.callers(now, identity -> unasked(identity, now).isEmpty());
    }

    /// What becomes of an identity's next part if it is known without a call.
    private Optional<Function<Part, Verdict>> unasked(String identity, Instant now) {
        return denials.exhausting(identity, now)
                .<Function<Part, Verdict>>map(denial -> part -> Verdict.held(part, denial))
                .or(() -> queue.nextPart(identity, now)
                        .flatMap(Part::refusedUnasked)
                        .map(refused -> part -> Verdict.onSecond(part, refused)));
    }

    /// What to send now that a call may be made, with what came while that was waited for; `null` when nothing is left.
    private synchronized @Nullable Part take(String identity) {
        var now = clock.instant();
        var part =
                queue.take(identity, denials.isSingly(identity) ? 1 : most, now).orElse(null);
        if (part == null || part.isAsItIs()) {
            return part;
        }
        var allowed = denials.sift(part, now);
        var first = allowed.pollFirst();
        queue.addParts(List.copyOf(allowed));
        return first;
    }

    /// How long to wait before anything else is sent.
    private synchronized Duration busy(Part part, BatchAnswer.Busy busy) {
        var now = clock.instant();
        var wait = waits.next();
        var end = now.plus(wait);
        var out =
                part.entries().stream().filter(e -> e.isOutOfPatience(now, end)).toList();
        if (part.split() != null && out.isEmpty()) {
            queue.addParts(List.of(part));
        } else if (part.split() != null) {
            apply(Verdict.held(part, busy.failure()));
        } else {
            out.forEach(e -> e.complete(new ChangeResult.Failed(busy.failure())));
            var rest = part.entries().stream().filter(e -> !out.contains(e)).toList();
            if (!rest.isEmpty()) {
                queue.putBack(Part.of(rest));
            }
        }
        if (busy.overRate() && part.split() == null && part.entries().size() > SMALL) {
            most = Math.max(2 * SMALL, most / 2);
        }
        return closed || queue.isEmpty() ? Duration.ZERO : wait;
    }

    private synchronized void heard(Part part, BatchAnswer answer) {
        waits.reset();
        apply(
                switch (answer) {
                    case BatchAnswer.Accepted accepted -> {
                        most = Math.min(LaneQueue.FULL, most * 2);
                        denials.passed(part);
                        yield Verdict.on(part, accepted);
                    }
                    case BatchAnswer.Rejected rejected ->
                        denials.isLookedForInVain(part)
                                ? Verdict.held(part, rejected.failure())
                                : Verdict.on(part, rejected);
                    case BatchAnswer.Denied denied -> {
                        denials.called(part.caller().identity(), denied.failure(), clock.instant());
                        yield Verdict.on(part, denied);
                    }
                    case BatchAnswer.Failed(Route53Failure.NoSuchZone failure) -> {
                        denials.called(part.caller().identity(), failure, clock.instant());
                        yield Verdict.onAll(part, failure);
                    }
                    case BatchAnswer.Failed failed -> Verdict.on(part, failed);
                    case BatchAnswer.Busy _ -> throw new IllegalStateException("waited for before");
                });
    }

    /// Whoever gets a result and comes back at once finds what is known by then.
    private void apply(Verdict verdict) {
        denials.learn(verdict, clock.instant());
        queue.addParts(verdict.next());
        verdict.odd()
                .forEach((entry, complaint) -> OddRecord.unasked(entry, complaint)
                        .ifPresentOrElse(entry::complete, () -> queue.addOdd(Part.odd(entry, complaint))));
        verdict.results().forEach(Entry::complete);
    }
}
