package dev.acme53.operator.metrics;

import io.javaoperatorsdk.operator.api.monitoring.Metrics.ControllerExecution;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.concurrent.Callable;

/// One reconcile of `controllerName`, as JOSDK has it timed.
record AReconcile(String controllerName, Callable<Integer> work) implements ControllerExecution<Integer> {
    @Override
    public String name() {
        return "reconcile";
    }

    @Override
    public String successTypeName(Integer result) {
        return "resource";
    }

    @Override
    public ResourceID resourceID() {
        return new ResourceID("a");
    }

    @Override
    public Map<String, Object> metadata() {
        return Map.of();
    }

    @Override
    public Integer execute() throws Exception {
        return work.call();
    }
}
