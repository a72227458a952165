package dev.acme53.route53;

import dev.acme53.route53.Changes.ChangeStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// A change tracker whose time passes when it is told to.
final class Polls {
    final List<Duration> waits = new ArrayList<>();
    final List<String> woken = new ArrayList<>();

    private final Deque<Due> due = new ArrayDeque<>();
    private final InstantSource now;
    private final Consumer<Duration> clock;
    private final ChangeTracker tracker;

    /// @param clock is told how much time passes
    Polls(AccountCalls calls, InstantSource now, Consumer<Duration> clock) {
        this.clock = clock;
        this.now = now;
        tracker = new ChangeTracker(
                calls,
                new RequestLimits(10, 0.4),
                now,
                (wait, run) -> {
                    waits.add(wait);
                    due.add(new Due(now.instant().plus(wait), run));
                },
                () -> {});
    }

    ChangeStatus follow(Caller caller, String changeId, String who) {
        return tracker.follow(caller, changeId, new Wake(this, who));
    }

    List<PendingChange> pending() {
        return tracker.pendingChanges();
    }

    /// Lets the time pass until the next poll, and polls; whether there was one to come.
    boolean next() {
        var poll = due.poll();
        if (poll == null) {
            return false;
        }
        clock.accept(waits.get(waits.size() - due.size() - 1));
        poll.run.run();
        return true;
    }

    /// Lets the time pass until the poll that is due first, and polls; whether there was one to come.
    boolean nextInTime() {
        var first = due.stream().min(Comparator.comparing(Due::at));
        first.ifPresent(poll -> {
            due.remove(poll);
            var wait = Duration.between(now.instant(), poll.at);
            if (wait.isPositive()) {
                clock.accept(wait);
            }
            poll.run.run();
        });
        return first.isPresent();
    }

    /// What a change comes to in the end.
    ChangeStatus last(Caller caller, String changeId) {
        follow(caller, changeId, "last");
        for (var polls = 0; next() && polls < 1000; ) {
            polls++;
        }
        return follow(caller, changeId, "last");
    }

    private record Due(Instant at, Runnable run) {}

    private record Wake(Polls polls, String who) implements Runnable {
        @Override
        public void run() {
            polls.woken.add(who);
        }
    }
}
