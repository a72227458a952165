package dev.acme53.route53;

import dev.acme53.route53.WaitingLine.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The requests that one AWS account grants us: a token bucket that learns from `Throttling`.
///
/// Throttled, it goes at half its rate for 30 s, then adds a twentieth of the full rate every five seconds. Whose turn
/// it is says its [WaitingLine].
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

    private final RequestLimits limits;
    private final InstantSource clock;
    private final Pause pause;
    private final WaitingLine line = new WaitingLine();
    private final WritePace pace;
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

    /// A change that was made in the name of `share` has something of `tenant` in it.
    synchronized void tookPart(String share, String tenant) {
        pace.tookPart(share, tenant);
    }

    /// How long the writes of a tenant of `share` are to wait for company, so that enough is left for questions.
    synchronized Duration lead(String share, String tenant) {
        refill(clock.instant());
        return pace.lead(share, tenant, rate);
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
        return new AccountBudget(partition, account, tokens, rate, line.size());
    }

    /// A place in line, to be left in the end.
    synchronized Ticket ticket(Use use, String share) {
        return line.join(use, share, clock.instant());
    }

    /// Whether one of `share` that comes now would have its turn before that of `ticket`.
    synchronized boolean isBefore(Ticket ticket, String share) {
        return line.isBefore(ticket, share);
    }

    /// With its request, or without one.
    synchronized void leave(Ticket ticket) {
        line.leave(ticket);
    }

    /// How long until it may be this one's turn; zero when it is, and then a token is taken.
    synchronized Duration toWait(Ticket ticket) {
        var now = clock.instant();
        refill(now);
        var before = line.before(ticket, now);
        if (before == 0 && tokens >= 1) {
            tokens--;
            line.served(ticket, now);
            return Duration.ZERO;
        }
        var nap = Duration.ofNanos((long) Math.ceil((before + 1 - tokens) / rate * 1e9));
        // not asleep when it is overdue
        var end = now.plus(LONGEST_NAP);
        var wakes = !ticket.isOverdue(now) && ticket.overdue().isBefore(end) ? ticket.overdue() : end;
        return longer(SHORTEST_NAP, shorter(nap, Duration.between(now, wakes)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
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
