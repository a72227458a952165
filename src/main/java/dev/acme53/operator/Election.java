package dev.acme53.operator;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The thread that takes one turn after another for this instance's [Leadership].
final class Election {
    private static final Duration LAST_TURN = Duration.ofSeconds(6);

    private final Leadership leadership;
    private final Thread thread = Thread.ofPlatform().daemon().name("lease").unstarted(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stopping;
    private boolean over;

    Election(Leadership leadership) {
        this.leadership = leadership;
    }

    void start() {
        thread.start();
    }

    /// From now on this instance does not come to lead; if it leads, it goes on renewing while it finishes its work.
    void stopping() {
        tell(() -> stopping = true);
    }

    /// No turn is taken any more, and the Lease given back.
    void end() throws InterruptedException {
        tell(() -> over = true);
        if (!thread.isAlive() || thread.join(LAST_TURN)) {
            leadership.release();
        }
    }

    private void tell(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (goesOn()) {
                await(leadership.turn());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean goesOn() {
        lock.lock();
        try {
            return !over && (leadership.isLeading() || !stopping);
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration pause) throws InterruptedException {
        var end = System.nanoTime() + pause.toNanos();
        lock.lock();
        try {
            for (var left = pause.toNanos();
                    left > 0 && !over && (leadership.isLeading() || !stopping);
                    left = end - System.nanoTime()) {
                changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
