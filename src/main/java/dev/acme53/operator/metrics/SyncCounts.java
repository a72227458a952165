package dev.acme53.operator.metrics;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// How often each stage reconciled, and how often that failed. A conflict with another writer is no failure
/// (behaviour.md §0.2).
public final class SyncCounts implements Metrics {
    private static final int CONFLICT = 409;

    private final Map<String, LongAdder> calls = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> errors = new ConcurrentSkipListMap<>();

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        var controller = execution.controllerName();
        increment(calls, controller);
        try {
            return execution.execute();
        } catch (Exception e) {
            if (!(e instanceof KubernetesClientException refused && refused.getCode() == CONFLICT)) {
                increment(errors, controller);
            }
            throw e;
        }
    }

    void write(Exposition out) throws IOException {
        write(out, "certmanager_controller_sync_call_count", "How often a controller reconciled.", calls);
        write(out, "certmanager_controller_sync_error_count", "How often a reconcile failed.", errors);
    }

    private static void write(Exposition out, String name, String help, Map<String, LongAdder> counts)
            throws IOException {
        out.counter(name, help);
        for (var count : counts.entrySet()) {
            out.sample(count.getValue().doubleValue(), "controller", count.getKey());
        }
    }

    private static void increment(Map<String, LongAdder> counts, String controller) {
        counts.computeIfAbsent(controller, _ -> new LongAdder()).increment();
    }
}
