package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.util.List;
import java.util.function.Consumer;

/// One stage as `operator` starts it: its kind, its reconciler and what it wants of JOSDK.
///
/// @param name the controller's name, unique in the process; also in logs and metrics (behaviour.md §6.3)
/// @param configuration filters, item store and the like; namespaces, retry and intervals are set by `operator`
/// for all
/// @param errands the blocking calls of this stage, which the end of the process waits for a little
/// @param silence has what sends by itself send nothing more: the next leader may be sending already
public record StageRegistration<P extends HasMetadata>(
        String name,
        Class<P> kind,
        Reconciler<P> reconciler,
        Consumer<ControllerConfigurationOverrider<P>> configuration,
        List<Errands> errands,
        Runnable silence) {

    public StageRegistration {
        errands = List.copyOf(errands);
    }

    /// A stage that never blocks.
    public StageRegistration(
            String name,
            Class<P> kind,
            Reconciler<P> reconciler,
            Consumer<ControllerConfigurationOverrider<P>> configuration) {
        this(name, kind, reconciler, configuration, List.of());
    }

    /// A stage in which nothing sends by itself.
    public StageRegistration(
            String name,
            Class<P> kind,
            Reconciler<P> reconciler,
            Consumer<ControllerConfigurationOverrider<P>> configuration,
            List<Errands> errands) {
        this(name, kind, reconciler, configuration, errands, () -> {});
    }

    /// The same, ending with `silence`.
    public StageRegistration<P> silencedBy(Runnable silence) {
        return new StageRegistration<>(name, kind, reconciler, configuration, errands, silence);
    }
}
