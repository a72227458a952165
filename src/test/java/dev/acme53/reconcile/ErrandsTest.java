package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ErrandsTest {
    private static final ResourceID A = new ResourceID("a", "ns");
    private static final ResourceID B = new ResourceID("b", "ns");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource clock = now::get;
    private final Queue<ResourceID> woken = new ConcurrentLinkedQueue<>();
    private final Errands errands = Errands.waiting("test", 2, 2, clock);

    {
        errands.wakeBy(woken::add);
    }

    @AfterEach
    void close() {
        errands.close();
    }

    @Test
    void theAnswerIsGivenOnceAfterTheObjectWasWoken() {
        assertThat(errands.ask(A, "sum", () -> 42)).isEmpty();
        await().until(() -> woken.contains(A));
        assertThat(errands.ask(A, "sum", () -> 43)).hasValue(42);
        assertThat(errands.ask(A, "sum", () -> 44)).isEmpty();
    }

    @Test
    void theSameErrandIsNotStartedTwice() throws Exception {
        var started = new AtomicInteger();
        var go = new CountDownLatch(1);
        for (var i = 0; i < 3; i++) {
            assertThat(errands.ask(A, "slow", () -> {
                        go.await();
                        return started.incrementAndGet();
                    }))
                    .isEmpty();
        }
        go.countDown();
        await().until(() -> woken.contains(A));
        assertThat(errands.ask(A, "slow", () -> -1)).hasValue(1);
    }

    @Test
    void objectsAndNamesOfErrandsAreApart() {
        errands.ask(A, "x", () -> "ax");
        errands.ask(B, "x", () -> "bx");
        errands.ask(A, "y", () -> "ay");
        await().until(() -> woken.size() == 3);
        assertThat(errands.ask(A, "y", () -> "")).hasValue("ay");
        assertThat(errands.ask(B, "x", () -> "")).hasValue("bx");
        assertThat(errands.ask(A, "x", () -> "")).hasValue("ax");
    }

    @Test
    void aCallInTwoPartsHoldsNoThreadBetweenThem() throws Exception {
        var rest = new SynchronousQueue<Consumer<Callable<Integer>>>();
        var objects = IntStream.range(0, 5)
                .mapToObj(n -> new ResourceID("o" + n, "ns"))
                .toList();
        var parted = new ArrayList<Consumer<Callable<Integer>>>();
        for (var object : objects) {
            assertThat(errands.ask(object, "in two", rest::put)).isEmpty();
            parted.add(rest.take()); // though two at most run at once
        }
        assertThat(woken).isEmpty();
        parted.forEach(then -> then.accept(() -> 42));
        await().until(() -> woken.containsAll(objects));
        assertThat(errands.ask(objects.getFirst(), "in two", () -> 43)).hasValue(42);
    }

    @Test
    void aFaultInEitherPartReachesTheReconcileThatCollects() {
        errands.ask(A, "first", (Errands.CallInTwo<Integer>) _ -> {
            throw new NoClassDefFoundError("broken");
        });
        errands.ask(
                B,
                "second",
                (Consumer<Callable<Integer>> then) -> then.accept(() -> {
                    throw new IllegalStateException("broken");
                }));
        await().until(() -> woken.containsAll(List.of(A, B)));
        assertThatThrownBy(() -> errands.ask(A, "first", () -> 1)).hasRootCauseMessage("broken");
        assertThatThrownBy(() -> errands.ask(B, "second", () -> 1)).hasRootCauseMessage("broken");
    }

    @Test
    void atTheEndACallInTwoPartsMayHaveItsAnswer() throws Exception {
        var rest = new SynchronousQueue<Consumer<Callable<Integer>>>();
        errands.ask(A, "in two", rest::put);
        var then = rest.take();
        var ending = new FutureTask<Void>(() -> {
            errands.finish(Duration.ofSeconds(10));
            return null;
        });
        var thread = Thread.ofVirtual().start(ending);
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        then.accept(() -> 42);
        ending.get();
        assertThat(errands.ask(A, "in two", () -> 43)).hasValue(42);
    }

    @Test
    void atTheEndACallInTwoPartsThatNobodyAnswersIsNotWaitedForLongerThanThat() throws Exception {
        errands.ask(A, "in two", (Consumer<Callable<Integer>> _) -> {});
        errands.finish(Duration.ofMillis(20));
        assertThat(woken).isEmpty();
    }

    @Test
    void aFaultReachesTheReconcileThatCollects() {
        errands.ask(A, "bad", () -> {
            throw new IllegalStateException("broken");
        });
        await().until(() -> woken.contains(A));
        assertThatThrownBy(() -> errands.ask(A, "bad", () -> 1))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("broken");
        assertThat(errands.ask(A, "bad", () -> 1)).isEmpty();
    }

    @Test
    void anAnswerHandedBackIsGivenAgainWithoutAnotherCall() {
        errands.giveBack(A, "order", "url");
        assertThat(errands.ask(A, "order", () -> "another")).hasValue("url");
    }

    @Test
    void anAnswerThatNobodyCollectsIsDroppedAfterTenMinutes() {
        errands.ask(A, "old", () -> 1);
        await().until(() -> woken.contains(A));
        now.set(Instant.EPOCH.plusSeconds(601));
        errands.ask(A, "new", () -> 2);
        await().until(() -> woken.size() == 2);
        assertThat(errands.ask(A, "old", () -> 3)).isEmpty();
    }

    @Test
    void noMoreThanTheBoundRunAtOnce() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        for (var i = 0; i < 20; i++) {
            errands.ask(new ResourceID("o" + i), "x", () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
                return running.decrementAndGet();
            });
        }
        await().until(() -> woken.size() == 20);
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void whatIsForgottenIsAskedAnew() {
        errands.ask(A, "x", () -> 1);
        await().until(() -> woken.contains(A));
        errands.forget(A);
        assertThat(errands.ask(A, "x", () -> 2)).isEmpty();
    }

    @Test
    void atTheEndWhatIsUnderWayMayFinishAndTheRestIsInterrupted() throws Exception {
        var started = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        errands.ask(A, "quick", () -> {
            started.countDown();
            go.await();
            return 1;
        });
        errands.ask(B, "endless", () -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return 2;
        });
        started.await();
        go.countDown();
        errands.finish(Duration.ofMillis(100));
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(errands.ask(A, "quick", () -> 3)).hasValue(1);
    }

    @Test
    void whatComputesDoesNotRunWhereTheWaitingWouldHaveToWaitForIt() {
        try (var computing = Errands.computing("test", clock)) {
            computing.wakeBy(woken::add);
            assertThat(computing.ask(A, "thread", () -> Thread.currentThread().isVirtual()))
                    .isEmpty();
            await().until(() -> woken.contains(A));
            assertThat(computing.ask(A, "thread", () -> true)).hasValue(false);
        }
    }
}
