package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The threads that reconcile, the same few for all stages. Namespaces take turns ([Turns]), and none has the last of
/// the threads too, so that an object of one does not wait for the two thousand of another (ADR 21).
///
/// What JOSDK hands to its executor does not say whose it is; [#submissions] does, on the same thread just before.
public final class ReconcileThreads extends AbstractExecutorService {
    private final ExecutorService threads;
    private final Turns turns;
    private final ThreadLocal<String> namespace = ThreadLocal.withInitial(() -> "");

    private final Metrics submissions = new Metrics() {
        @Override
        public void reconciliationSubmitted(HasMetadata object, RetryInfo retry, Map<String, Object> controller) {
            namespace.set(Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""));
        }
    };

    /// @param count how many objects are reconciled at the same time
    public ReconcileThreads(int count) {
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name("reconcile-", 0).factory());
        turns = new Turns(threads, count, Math.max(1, count - 1));
    }

    /// To be among JOSDK's metrics: without it all that waits is one queue.
    public Metrics submissions() {
        return submissions;
    }

    @Override
    public void execute(Runnable reconcile) {
        var whose = namespace.get();
        namespace.remove();
        turns.run(whose, reconcile);
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
