package dev.acme53.route53;

import dev.acme53.sim.ManualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/// The room on a clock that a test moves, for tests of those who use it: pauses take no time and move the clock.
public final class HandTimedRoute53 {
    private final ManualClock clock;
    private final HostedZones zones;
    private final ZoneLanes records;
    private final ChangeTracker changes;
    private final Set<Thread> company = new HashSet<>();
    private int expected;

    /// @param later told what to run after which time: the questions about changes
    public HandTimedRoute53(RequestLimits limits, ManualClock clock, BiConsumer<Duration, Runnable> later) {
        this.clock = clock;
        var calls = new AccountCalls(limits, clock, clock::advance);
        zones = new HostedZones(calls, clock);
        records = new ZoneLanes(calls, clock, new SplittableRandom(1), this::pause);
        changes = new ChangeTracker(calls, limits, clock, later::accept, () -> {});
    }

    /// Lets no pause of a zone end before so many more have come with a wish: as if they came in no time.
    public synchronized void expect(int wishes) {
        company.clear();
        expected = wishes;
    }

    private void pause(Duration time) throws InterruptedException {
        while (!haveCome()) {
            Thread.sleep(1);
        }
        clock.advance(time);
    }

    private synchronized boolean haveCome() {
        if (company.size() < expected || !company.stream().allMatch(HandTimedRoute53::standsInLine)) {
            return false;
        }
        expected = 0;
        company.clear();
        return true;
    }

    private static boolean standsInLine(Thread wishing) {
        return switch (wishing.getState()) {
            case WAITING, TERMINATED -> true;
            case NEW, RUNNABLE, BLOCKED, TIMED_WAITING -> false;
        };
    }

    public HostedZones zones() {
        return zones;
    }

    public RecordChanges records() {
        return (caller, zoneId, record, told) -> {
            synchronized (this) {
                company.add(Thread.currentThread());
            }
            records.want(caller, zoneId, record, told);
        };
    }

    public Changes changes() {
        return changes;
    }
}
