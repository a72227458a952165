package dev.acme53.operator.metrics;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// How often each stage reconciled, how long that took, and how often it failed. A conflict with another writer is no
/// failure (behaviour.md §0.2).
public final class SyncCounts implements Metrics {
    private static final int CONFLICT = 409;

    private final Map<String, LongAdder> calls = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> errors = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> nanos = new ConcurrentSkipListMap<>();

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        var controller = execution.controllerName();
        add(calls, controller, 1);
        add(errors, controller, 0); // so that the first one is seen to be one more
        var begun = System.nanoTime();
        try {
            return execution.execute();
        } catch (Exception e) {
            if (!(e instanceof KubernetesClientException refused && refused.getCode() == CONFLICT)) {
                add(errors, controller, 1);
            }
            throw e;
        } finally {
            add(nanos, controller, System.nanoTime() - begun);
        }
    }

    void write(Exposition out) throws IOException {
        write(out, "certmanager_controller_sync_call_count", "How often a controller reconciled.", calls, 1);
        write(out, "certmanager_controller_sync_error_count", "How often a reconcile failed.", errors, 1);
        write(out, "acme53_reconcile_seconds_total", "How long reconciles took, all together.", nanos, 1e9);
    }

    private static void write(Exposition out, String name, String help, Map<String, LongAdder> counts, double unit)
            throws IOException {
        out.counter(name, help);
        for (var count : counts.entrySet()) {
            out.sample(count.getValue().doubleValue() / unit, "controller", count.getKey());
        }
    }

    private static void add(Map<String, LongAdder> counts, String controller, long more) {
        counts.computeIfAbsent(controller, _ -> new LongAdder()).add(more);
    }
}
