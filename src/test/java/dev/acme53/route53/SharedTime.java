package dev.acme53.route53;

import dev.acme53.route53.RecordChanges.ChangeResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// One clock for many threads. It stands still while any of them does something, and when all wait it moves to the end
/// of the first pause: so what they do takes no time, nobody is late, and a minute is over at once. Of those whose
/// pauses end together one goes on after the other.
///
/// It counts who is busy: the threads that were started here, while they neither pause nor await here. They are to wait
/// nowhere else, but for a lock that is held for a moment.
final class SharedTime implements InstantSource {
    /// By when they end.
    private final NavigableMap<Instant, Deque<CountDownLatch>> pauses = new TreeMap<>();

    private volatile Instant now;
    private int busy;

    SharedTime(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// Lanes that keep to this clock.
    ZoneLanes lanes(AccountCalls calls) {
        return new ZoneLanes(
                calls, this, new SplittableRandom(1), this::pause, _ -> served -> start(Executors.callable(served)));
    }

    /// What comes of a wish, for who is busy until then.
    ChangeResult want(RecordChanges records, Caller caller, String zone, WantedRecord wanted) {
        return await(Blocking.wish(records, caller, zone, wanted));
    }

    /// Runs `task` on a thread of its own.
    <T> CompletableFuture<T> start(Callable<T> task) {
        var result = new CompletableFuture<T>();
        hold();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            } finally {
                go();
            }
        });
        return result;
    }

    /// Lets the clock stand until [#go], for whoever else does so too.
    synchronized void hold() {
        busy++;
    }

    synchronized void go() {
        busy--;
        if (busy == 0 && !pauses.isEmpty()) {
            var first = pauses.firstEntry();
            now = first.getKey();
            busy = 1;
            first.getValue().remove().countDown();
            if (first.getValue().isEmpty()) {
                pauses.remove(now);
            }
        }
    }

    void pause(Duration time) throws InterruptedException {
        if (time.isPositive()) {
            begin(time).await();
        }
    }

    private synchronized CountDownLatch begin(Duration time) {
        var over = new CountDownLatch(1);
        pauses.computeIfAbsent(now.plus(time), _ -> new ArrayDeque<>()).add(over);
        go();
        return over;
    }

    /// For who is busy until then.
    <T> T await(CompletableFuture<T> result) {
        var busyAgain = result.whenComplete((_, _) -> hold());
        go();
        return busyAgain.join();
    }
}
