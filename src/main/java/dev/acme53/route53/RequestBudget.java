package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// The requests that one AWS account grants us: a token bucket that learns from `Throttling`.
///
/// Throttled, it goes at half its rate for 30 s, then adds a twentieth of the full rate every five seconds. Who waits
/// is served writes first, then polls, then look-ups; within each the shares in turn, so that one with a thousand
/// requests does not keep out one with a single.
final class RequestBudget {
    /// What a request is for, the most urgent first.
    enum Use {
        WRITE,
        POLL,
        LOOKUP
    }

    private static final Duration PENALTY = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration SHORTEST_NAP = Duration.ofMillis(5);
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    /// Of requests that were under way together only the first says something new.
    private static final Duration SAME_NEWS = Duration.ofSeconds(2);

    private static final double STEPS = 20;
    private static final double SLOWEST = 0.2;

    /// Those who take their turns among themselves.
    private record Queue(Use use, String share) {}

    private record Ticket(Use use, double turn, long number) {
        static final Comparator<Ticket> ORDER = Comparator.comparing(Ticket::use)
                .thenComparingDouble(Ticket::turn)
                .thenComparingLong(Ticket::number);
    }

    private final RequestLimits limits;
    private final InstantSource clock;
    private final Pause pause;
    private final TreeSet<Ticket> waiting = new TreeSet<>(Ticket.ORDER);
    private final Map<Queue, Double> lastTurns = new HashMap<>();
    private final WritePace pace;
    private double turn;
    private long tickets;
    private double tokens;
    private double rate;
    private Instant filled;
    private Instant throttled = Instant.MIN;
    private Instant raised = Instant.MIN;

    RequestBudget(RequestLimits limits, InstantSource clock, Pause pause) {
        this.limits = limits;
        this.clock = clock;
        this.pause = pause;
        pace = new WritePace(limits.burst());
        rate = limits.rate();
        tokens = limits.burst();
        filled = clock.instant();
    }

    /// Waits until a request may be made.
    /// @param share whose it is: those of one share take their turns among themselves
    void take(Use use, String share) throws InterruptedException {
        var ticket = ticket(use, share);
        try {
            for (var wait = toWait(ticket); wait.isPositive(); wait = toWait(ticket)) {
                pause.of(wait);
            }
        } finally {
            leave(ticket);
        }
    }

    /// A request that was granted is not made: the next in line has it, or it is one more after a rest.
    synchronized void giveBack() {
        refill(clock.instant());
        tokens = Math.min(limits.burst(), tokens + 1);
    }

    /// A change was made, in the name of `share`, that will be asked for.
    synchronized void changed(String share) {
        refill(clock.instant());
        pace.changed(share);
    }

    /// How long the writes of `share` are to wait for company, so that enough is left for questions.
    synchronized Duration lead(String share) {
        refill(clock.instant());
        return pace.lead(share, rate);
    }

    /// AWS has refused a request for its rate.
    synchronized void throttled() {
        var now = clock.instant();
        refill(now);
        if (throttled.equals(Instant.MIN) || !now.isBefore(throttled.plus(SAME_NEWS))) {
            rate = Math.max(SLOWEST, rate / 2);
            tokens = 0;
            throttled = now;
        }
        raised = now.plus(PENALTY);
    }

    /// How it stands now.
    synchronized AccountBudget figures(String partition, String account) {
        refill(clock.instant());
        return new AccountBudget(partition, account, tokens, rate, waiting.size());
    }

    private synchronized Ticket ticket(Use use, String share) {
        if (waiting.isEmpty()) {
            lastTurns.clear();
        }
        var queue = new Queue(use, share);
        var mine = Math.max(turn, lastTurns.getOrDefault(queue, 0.0)) + 1;
        lastTurns.put(queue, mine);
        var ticket = new Ticket(use, mine, tickets++);
        waiting.add(ticket);
        return ticket;
    }

    private synchronized void leave(Ticket ticket) {
        waiting.remove(ticket);
    }

    /// How long until it may be this one's turn; zero when it is, and then a token is taken.
    private synchronized Duration toWait(Ticket ticket) {
        refill(clock.instant());
        var before = waiting.headSet(ticket).size();
        if (before == 0 && tokens >= 1) {
            tokens--;
            turn = Math.max(turn, ticket.turn);
            waiting.remove(ticket);
            return Duration.ZERO;
        }
        var nap = Duration.ofNanos((long) Math.ceil((before + 1 - tokens) / rate * 1e9));
        return nap.compareTo(SHORTEST_NAP) < 0 ? SHORTEST_NAP : nap.compareTo(LONGEST_NAP) < 0 ? nap : LONGEST_NAP;
    }

    private void refill(Instant now) {
        recover(now);
        var passed = Math.max(0, Duration.between(filled, now).toNanos() / 1e9);
        tokens = Math.min(limits.burst(), tokens + passed * rate);
        pace.passed(passed * rate, rate);
        filled = now;
    }

    private void recover(Instant now) {
        while (rate < limits.rate() && !now.isBefore(raised.plus(STEP))) {
            raised = raised.plus(STEP);
            rate = Math.min(limits.rate(), rate + limits.rate() / STEPS);
        }
    }
}
