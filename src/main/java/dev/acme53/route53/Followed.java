package dev.acme53.route53;

import dev.acme53.route53.Changes.ChangeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One change that is followed.
final class Followed {
    /// How much older a change may be to stand for another.
    private static final Duration COMPANY = Duration.ofSeconds(15);

    /// So long is it kept when nobody asks.
    static final Duration KEPT = Duration.ofMinutes(10);

    private final Set<String> tenants = new HashSet<>();
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private Caller caller;
    private final Instant since;
    private Instant heard;
    private Instant pending;
    private Instant asked;
    private Instant forgotten = Instant.MAX;
    private ChangeStatus status;

    /// Whether it was left to an older one to be asked for, when it last thought of asking.
    volatile boolean follows;

    Followed(Caller caller, Instant now) {
        this.caller = caller;
        since = now;
        heard = now;
        pending = now;
        asked = now;
        status = new ChangeStatus.Pending();
    }

    synchronized ChangeStatus status(Caller asking, Runnable wake, Instant now) {
        caller = asking;
        asked = now;
        if (isPending()) {
            waiting.add(wake);
        }
        return status;
    }

    /// Whether it was not known yet that something of `tenant` is in it.
    synchronized boolean joins(String tenant) {
        return tenants.add(tenant);
    }

    synchronized Caller caller() {
        return caller;
    }

    Instant since() {
        return since;
    }

    boolean isJustBefore(Followed other) {
        return since.isBefore(other.since)
                && since.plus(COMPANY).isAfter(other.since)
                && caller().partition().equals(other.caller().partition());
    }

    synchronized boolean isPending() {
        return status instanceof ChangeStatus.Pending;
    }

    synchronized boolean isForgotten(Instant now) {
        return !now.isBefore(forgotten) || !now.isBefore(asked.plus(KEPT));
    }

    synchronized void answered(Instant now) {
        heard = now;
    }

    synchronized void pending(Instant now) {
        heard = now;
        pending = now;
    }

    synchronized Duration pendingAge() {
        return Duration.between(since, pending);
    }

    synchronized boolean isSilentFor(Duration time, Instant now) {
        return Duration.between(heard, now).compareTo(time) >= 0;
    }

    void settle(ChangeStatus last, Instant forgetAt) {
        List<Runnable> wakes;
        synchronized (this) {
            status = last;
            forgotten = forgetAt;
            wakes = List.copyOf(waiting);
            waiting.clear();
        }
        wakes.forEach(Runnable::run);
    }
}
