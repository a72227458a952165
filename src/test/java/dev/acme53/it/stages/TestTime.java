package dev.acme53.it.stages;

import dev.acme53.api.Challenge;
import dev.acme53.reconcile.StageRegistration;
import dev.acme53.sim.ManualClock;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// Time that passes when a test lets it, for stages that JOSDK runs on a real API server: what a stage wants to be
/// woken for later is written down here, and happens when the clock has come so far.
public final class TestTime {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Something to be done at a time.
    private record Due(Instant at, Runnable run) {}

    /// It begins now, since the CA's answers have times of their own.
    private final ManualClock clock = new ManualClock(Instant.now());

    private final ThreadLocal<Instant> read = ThreadLocal.withInitial(clock::instant);

    private final PriorityQueue<Due> agenda = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final Map<ResourceID, Due> waits = new HashMap<>();

    public ManualClock clock() {
        return clock;
    }

    /// The clock for a stage: how long it waits is reckoned from its last look here.
    public InstantSource stageClock() {
        return () -> {
            read.set(clock.instant());
            return read.get();
        };
    }

    /// Nothing is waited for any longer: who did has ended.
    public synchronized void forget() {
        agenda.clear();
        waits.clear();
    }

    /// Has `run` run once so much time has passed, on the thread of a test.
    public synchronized void later(Duration wait, Runnable run) {
        agenda.add(new Due(clock.instant().plus(wait), run));
        notifyAll();
    }

    /// Lets time pass; what falls due on the way is done at its time.
    public void pass(Duration time) {
        var end = clock.instant().plus(time);
        for (var due = next(end); due.isPresent(); due = next(end)) {
            moveTo(due.get().at);
            due.get().run.run();
        }
        moveTo(end);
    }

    private void moveTo(Instant then) {
        var wait = Duration.between(clock.instant(), then);
        if (wait.isPositive()) {
            clock.advance(wait);
        }
    }

    /// Takes what is due next, `end` at the latest.
    private synchronized Optional<Due> next(Instant end) {
        var waiting = waits.entrySet().stream().min(Map.Entry.comparingByValue(Comparator.comparing(Due::at)));
        var first = agenda.peek();
        if (waiting.isPresent() && (first == null || waiting.get().getValue().at.isBefore(first.at))) {
            var due = waiting.get().getValue();
            return due.at.isAfter(end)
                    ? Optional.empty()
                    : Optional.of(waits.remove(waiting.get().getKey()));
        }
        return first == null || first.at.isAfter(end) ? Optional.empty() : Optional.of(agenda.remove());
    }

    /// Waits until the stage waits for nothing but time to go on with `object`, and says how long. No call is under way
    /// for it then.
    public Duration awaitWait(Challenge object) throws InterruptedException {
        var id = ResourceID.fromResource(object);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            pass(Duration.ZERO); // pauses of others move the clock too
            synchronized (this) {
                var wait = waits.get(id);
                if (wait != null && wait.at.isAfter(clock.instant())) {
                    return Duration.between(clock.instant(), wait.at);
                }
                wait(5);
            }
        }
        throw new AssertionError("the stage does not come to a wait for " + id);
    }

    /// `stage`, whose waits end here.
    public StageRegistration<Challenge> over(StageRegistration<Challenge> stage) {
        return new StageRegistration<>(
                stage.name(),
                stage.kind(),
                new Woken(stage.reconciler()),
                stage.configuration(),
                stage.errands(),
                stage.silence());
    }

    private synchronized void busy(ResourceID id) {
        waits.remove(id);
    }

    private synchronized void waits(ResourceID id, Due due) {
        waits.put(id, due);
        notifyAll();
    }

    private final class Woken implements Reconciler<Challenge> {
        private final Reconciler<Challenge> stage;
        private final SimpleInboundEventSource<Challenge> inbound = new SimpleInboundEventSource<>("test-time");

        Woken(Reconciler<Challenge> stage) {
            this.stage = stage;
        }

        @Override
        public List<EventSource<?, Challenge>> prepareEventSources(EventSourceContext<Challenge> josdk) {
            var all = new ArrayList<EventSource<?, Challenge>>(stage.prepareEventSources(josdk));
            all.add(inbound);
            return all;
        }

        @Override
        public UpdateControl<Challenge> reconcile(Challenge object, Context<Challenge> josdk) throws Exception {
            var id = ResourceID.fromResource(object);
            busy(id);
            stage.reconcile(object, josdk)
                    .getScheduleDelay()
                    .ifPresent(
                            wait -> waits(id, new Due(read.get().plusMillis(wait), () -> inbound.propagateEvent(id))));
            return UpdateControl.noUpdate();
        }
    }
}
