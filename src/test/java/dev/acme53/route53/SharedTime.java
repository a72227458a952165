package dev.acme53.route53;

import dev.acme53.route53.RecordChanges.ChangeResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// One clock for many threads. It stands still while any of them does something, and when all wait it moves to the end
/// of the first pause: so what they do takes no time, nobody is late, and a minute is over at once.
///
/// It counts who is busy: the threads that were started here, while they neither pause nor await here. They are to wait
/// nowhere else, but for a lock that is held for a moment.
final class SharedTime implements InstantSource {
    /// By when they end.
    private final NavigableMap<Instant, List<CountDownLatch>> pauses = new TreeMap<>();

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
        var answer = new CompletableFuture<ChangeResult>();
        records.want(caller, zone, wanted, answer::complete);
        return await(answer);
    }

    /// Runs `task` on a thread of its own.
    <T> CompletableFuture<T> start(Callable<T> task) {
        var result = new CompletableFuture<T>();
        works();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            } finally {
                waits();
            }
        });
        return result;
    }

    /// Lets the clock stand until [#go].
    void hold() {
        works();
    }

    void go() {
        waits();
    }

    void pause(Duration time) throws InterruptedException {
        if (time.isPositive()) {
            begin(time).await();
        }
    }

    /// For who is busy until then.
    <T> T await(CompletableFuture<T> result) {
        var busyAgain = result.whenComplete((_, _) -> works());
        waits();
        return busyAgain.join();
    }

    private synchronized CountDownLatch begin(Duration time) {
        var over = new CountDownLatch(1);
        pauses.computeIfAbsent(now.plus(time), _ -> new ArrayList<>()).add(over);
        waits();
        return over;
    }

    private synchronized void works() {
        busy++;
    }

    private synchronized void waits() {
        busy--;
        if (busy == 0 && !pauses.isEmpty()) {
            var first = pauses.pollFirstEntry();
            now = first.getKey();
            busy = first.getValue().size();
            first.getValue().forEach(CountDownLatch::countDown);
        }
    }
}
