package dev.acme53.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ExecutorServiceManager;
import io.javaoperatorsdk.operator.processing.Controller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// JOSDK's controllers in the two steps that a warm stand-by needs: caches first, reconciles when this instance leads.
/// JOSDK has the same two behind its own leader election only (ADR 22).
final class Controllers {
    private final Operator operator;
    private volatile boolean begun;
    private volatile boolean filled;

    /// @param operator with everything registered, and not started
    Controllers(Operator operator) {
        this.operator = operator;
    }

    /// Fills the caches.
    /// @throws OperatorException when they could not be filled
    void fill() {
        var all = all().toList();
        begun = true;
        var executors = all.getFirst().getExecutorServiceManager();
        executors.start(all.getFirst().getConfiguration().getConfigurationService());
        each(executors, all, controller -> controller.start(false));
        filled = true;
    }

    /// Starts reconciling what is in the caches.
    void reconcile() {
        var all = all().toList();
        each(all.getFirst().getExecutorServiceManager(), all, Controller::startEventProcessing);
    }

    /// Whether the caches are filled and their watches stand.
    boolean isHealthy() {
        return filled
                && all().allMatch(controller -> controller
                        .getControllerHealthInfo()
                        .unhealthyEventSources()
                        .isEmpty());
    }

    /// The objects of a kind that some stage works on, from its cache; empty when none does.
    <K extends HasMetadata> Optional<List<K>> cached(Class<K> kind) {
        return all().filter(controller -> controller.getConfiguration().getResourceClass() == kind)
                .findFirst()
                .map(controller -> controller
                        .getEventSourceManager()
                        .getControllerEventSource()
                        .list()
                        .map(kind::cast)
                        .toList());
    }

    /// Starts no reconcile any more, and gives those under way some time.
    void stop(Duration inFlight) {
        if (!begun) {
            return;
        }
        var all = all().toList();
        var executors = all.getFirst().getExecutorServiceManager();
        each(executors, all, Controller::stop);
        executors.stop(inFlight);
    }

    private Stream<Controller<?>> all() {
        return operator.getRegisteredControllers().stream()
                .filter(Controller.class::isInstance)
                .map(registered -> (Controller<?>) registered);
    }

    private static void each(
            ExecutorServiceManager executors, List<Controller<?>> controllers, Consumer<Controller<?>> act) {
        executors.boundedExecuteAndWaitForAllToComplete(
                controllers.stream(),
                controller -> {
                    act.accept(controller);
                    return null;
                },
                controller -> "controller " + controller.getConfiguration().getName());
    }
}
