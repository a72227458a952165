package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.function.IntSupplier;

/// One clock for many threads. It stands still while any of them does something, and when all wait it moves to the end
/// of the first pause: so what they do takes no time, nobody is late, and a minute is over at once.
///
/// A thread is known from the first time it reads the clock or pauses. Who waits for anything else than the clock is
/// taken to wait for one of the others.
final class SharedTime implements InstantSource {
    private final Set<Thread> known = ConcurrentHashMap.newKeySet();
    private final Map<Thread, Instant> pausing = new HashMap<>();
    private volatile Instant now;
    private boolean held;

    SharedTime(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        known.add(Thread.currentThread());
        return now;
    }

    /// Runs `task` on a thread of its own, known before it does anything.
    <T> FutureTask<T> start(Callable<T> task) {
        var future = new FutureTask<>(task);
        var thread = Thread.ofVirtual().unstarted(future);
        known.add(thread);
        thread.start();
        return future;
    }

    /// Runs `body` as one of those for whom the clock stands still. A thread of the platform cannot be one: it goes on
    /// looking as if it waited for a while after its wait is over.
    void run(Callable<?> body) throws Exception {
        start(body).get();
    }

    /// Lets the clock stand until [#go].
    synchronized void hold() {
        held = true;
    }

    /// Lets the clock move on, once all who are known wait, and so many of them for the clock.
    void go(int pauses) throws InterruptedException {
        go(() -> pauses);
    }

    synchronized void go(IntSupplier pauses) throws InterruptedException {
        while (pausing.size() < pauses.getAsInt() || !isAllStill()) {
            wait(1);
        }
        held = false;
    }

    synchronized void pause(Duration time) throws InterruptedException {
        var me = Thread.currentThread();
        var end = now.plus(time);
        known.add(me);
        pausing.put(me, end);
        notifyAll();
        try {
            while (now.isBefore(end)) {
                if (!held && isFirst(end) && isAllStill()) {
                    now = end;
                    notifyAll();
                } else {
                    wait(1);
                }
            }
        } finally {
            pausing.remove(me);
        }
    }

    private boolean isFirst(Instant end) {
        return end.equals(
                pausing.values().stream().min(Comparator.naturalOrder()).orElse(end));
    }

    /// A thread whose pause is over goes on before the clock does.
    private boolean isAllStill() {
        known.removeIf(t -> t.getState() == Thread.State.TERMINATED);
        return known.stream().allMatch(t -> {
            var end = pausing.get(t);
            return t == Thread.currentThread()
                    || (end != null
                            ? end.isAfter(now)
                            : switch (t.getState()) {
                                case WAITING, TERMINATED -> true;
                                case NEW, RUNNABLE, BLOCKED, TIMED_WAITING -> false;
                            });
        });
    }
}
