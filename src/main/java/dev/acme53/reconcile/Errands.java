package dev.acme53.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls that take their time (CA, DNS, AWS, making keys) and that reconciles ask for. Those that wait run on virtual
/// threads; those that compute on threads of the system, since a virtual thread that computes holds up all others.
///
/// A reconcile calls [#ask]: the first time the call is started and the answer is empty; when the call ends,
/// the object is woken; the reconcile that follows asks again under the same name and gets the answer, once. No
/// reconcile ever waits.
///
/// The name of an errand says everything the call depends on (a URL, a step, an attempt), so that an answer can
/// never be taken for that of another question. Answers live in memory only: after a restart the question is
/// asked again, which is why every call must be safe to repeat. An answer that nobody collects is dropped
/// after ten minutes.
///
/// The number of calls under way is bounded only to protect memory; what a CA or AWS account can bear is
/// bounded in its room. Where more are wanted, namespaces take turns ([Turns]).
public final class Errands implements AutoCloseable {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ExecutorService threads;
    private final Turns turns;
    private final InstantSource clock;
    private final Map<ResourceID, Map<String, Errand>> errands = new ConcurrentHashMap<>();
    private volatile Consumer<ResourceID> wake = _ -> {};

    /// Calls in two parts that have not ended.
    private int parted;

    private Errands(ExecutorService threads, int atOnce, int share, InstantSource clock) {
        this.threads = threads;
        this.turns = new Turns(threads, atOnce, share);
        this.clock = clock;
    }

    /// Errands that wait for others most of the time.
    /// @param name prefix of the threads' names
    /// @param atOnce how many calls may run at the same time; more wait their turn
    /// @param share how many of these may be for one namespace
    public static Errands waiting(String name, int atOnce, int share, InstantSource clock) {
        var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-errand-", 0).factory());
        return new Errands(threads, atOnce, share, clock);
    }

    /// Errands that compute, as many at the same time as there are processors: more would only make all of them late.
    /// The threads end when nothing has been asked for half a minute.
    /// @param name prefix of the threads' names
    public static Errands computing(String name, InstantSource clock) {
        var processors = Runtime.getRuntime().availableProcessors();
        var threads = new ThreadPoolExecutor(
                processors,
                processors,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name + "-errand-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        return new Errands(threads, processors, processors, clock);
    }

    /// Sets who is told that an object should be reconciled again, normally the `propagateEvent` of the stage's
    /// inbound source.
    public void wakeBy(Consumer<ResourceID> wake) {
        this.wake = wake;
    }

    /// The answer of `call`, or empty while it is under way.
    ///
    /// @throws CompletionException when the call itself threw: expected failures are part of its answer, so
    /// this is a fault
    public <T> Optional<T> ask(ResourceID object, String errand, Callable<T> call) {
        return collect(object, errand, mine -> run(object, mine, call));
    }

    /// The same for a call that somebody else answers later: no thread is held until then.
    public <T> Optional<T> ask(ResourceID object, String errand, CallInTwo<T> call) {
        return collect(object, errand, mine -> begin(object, mine, call));
    }

    /// A call in two parts; between them somebody else has it.
    @FunctionalInterface
    public interface CallInTwo<T> {
        /// The first part. It may block.
        /// @param then to be given the second, once, by any thread and without waiting. That one gives the
        /// answer and may block too
        void begin(Consumer<Callable<T>> then) throws Exception;
    }

    private <T> Optional<T> collect(ResourceID object, String errand, Consumer<Errand> start) {
        var mine = new Errand();
        var answered = new Errand[1];
        errands.compute(object, (_, known) -> {
            var now = clock.instant();
            var asked = known == null ? new HashMap<String, Errand>() : known;
            asked.values().removeIf(e -> e.isForgottenAt(now));
            var earlier = asked.putIfAbsent(errand, mine);
            if (earlier != null && earlier.ended != null) {
                asked.remove(errand);
                answered[0] = earlier;
            } else if (earlier == null) {
                turns.run(object.getNamespace().orElse(""), () -> start.accept(mine));
            }
            return asked.isEmpty() ? null : asked;
        });
        var done = answered[0];
        if (done == null) {
            return Optional.empty();
        }
        if (done.fault != null) {
            throw new CompletionException(done.fault);
        }
        @SuppressWarnings("unchecked")
        var answer = (T) done.answer;
        return Optional.ofNullable(answer);
    }

    /// Hands an answer back that could not be used yet (the API server was away), so that the next [#ask]
    /// gets it again.
    public void giveBack(ResourceID object, String errand, Object answer) {
        var kept = new Errand();
        kept.end(clock.instant(), answer, null);
        errands.compute(object, (_, known) -> {
            var asked = known == null ? new HashMap<String, Errand>() : known;
            asked.put(errand, kept);
            return asked;
        });
    }

    /// Drops everything asked for an object that is gone. A call under way ends on its own, its answer is
    /// dropped.
    public void forget(ResourceID object) {
        errands.remove(object);
    }

    /// Lets what is under way end, for at most `limit`, then interrupts the rest. For the end of the process, when
    /// nobody asks any more.
    public void finish(Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        awaitParted(end);
        threads.shutdown();
        if (!threads.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            threads.shutdownNow();
        }
    }

    /// Interrupts what is under way; answers are lost.
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private <T> void begin(ResourceID object, Errand errand, CallInTwo<T> call) {
        parted(1);
        try {
            call.begin(rest -> turns.run(object.getNamespace().orElse(""), () -> {
                try {
                    run(object, errand, rest);
                } finally {
                    parted(-1);
                }
            }));
        } catch (Exception | Error e) {
            parted(-1);
            run(object, errand, () -> {
                throw e;
            });
        }
    }

    private synchronized void parted(int more) {
        parted += more;
        notifyAll();
    }

    private synchronized void awaitParted(long end) throws InterruptedException {
        for (var left = end - System.nanoTime(); parted > 0 && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private <T> void run(ResourceID object, Errand errand, Callable<T> call) {
        try {
            var answer = call.call();
            errand.end(clock.instant(), answer, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            errand.end(clock.instant(), null, e);
        } catch (Exception | Error e) {
            errand.end(clock.instant(), null, e);
        }
        wake.accept(object);
    }

    /// One call; written by its thread once, then read under the map's lock.
    private static final class Errand {
        private @Nullable Object answer;
        private @Nullable Throwable fault;
        private volatile @Nullable Instant ended;

        void end(Instant now, @Nullable Object answer, @Nullable Throwable fault) {
            this.answer = answer;
            this.fault = fault;
            this.ended = now;
        }

        boolean isForgottenAt(Instant now) {
            var end = ended;
            return end != null && end.plus(KEPT).isBefore(now);
        }
    }
}
