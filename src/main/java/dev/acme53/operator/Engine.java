package dev.acme53.operator;

import dev.acme53.operator.flags.Settings;
import dev.acme53.reconcile.ReconcileThreads;
import dev.acme53.reconcile.StageRegistration;
import dev.acme53.reconcile.WatchedKinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The JOSDK operator with our stages, set up as ADR 0001 says: eight reconcile threads for all stages, writes of
/// our own, and no reliance on JOSDK's retries.
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    /// Eight did as well as fifty, for 27 MB less.
    private static final int THREADS = 8;
    /// A net under the stages' own timers, should one be lost; each says itself when it wants to come back.
    private static final Duration AT_LEAST_EVERY = Duration.ofHours(1);
    private static final Duration IN_FLIGHT = Duration.ofSeconds(5);
    private static final Duration FAULT_FIRST = Duration.ofSeconds(5);
    private static final Duration FAULT_LONGEST = Duration.ofMinutes(5);

    /// A reconcile gets the cache's own object, which none of ours writes into: JOSDK's copy of it, by way of
    /// JSON, was a twentieth of all work (ADR 19).
    private static final Cloner SHARED = new Cloner() {
        @Override
        public <R extends HasMetadata> R clone(R object) {
            return object;
        }
    };

    private final Operator operator;
    private final List<StageRegistration<?>> stages;
    private final Controllers controllers;

    /// @param kinds what stages follow of one another
    /// @param broken what to do when an informer cannot go on
    Engine(
            Settings settings,
            KubernetesClient client,
            List<StageRegistration<?>> stages,
            WatchedKinds kinds,
            Metrics metrics,
            Runnable broken) {
        operator = new Operator(o -> configure(o, client, metrics, kinds, broken));
        this.stages = stages;
        stages.forEach(stage -> register(stage, settings));
        kinds.unattended().forEach(watched -> register(watched, settings));
        controllers = new Controllers(operator);
    }

    /// Fills the caches.
    /// @throws OperatorException when they could not be filled
    void start() {
        controllers.fill();
    }

    /// Starts to act.
    void lead() {
        controllers.reconcile();
    }

    /// Whether the caches are filled and their watches stand.
    boolean isHealthy() {
        return controllers.isHealthy();
    }

    /// The objects of a kind that some stage works on, from its cache; empty when none does.
    <K extends HasMetadata> Optional<List<K>> cached(Class<K> kind) {
        return stages.stream().anyMatch(stage -> stage.kind() == kind) ? controllers.cached(kind) : Optional.empty();
    }

    /// Starts no reconcile any more, and gives those under way, and the calls that they asked for, five seconds.
    void stop() {
        var end = System.nanoTime() + IN_FLIGHT.toNanos();
        controllers.stop(IN_FLIGHT);
        try {
            for (var stage : stages) {
                stage.silence().run();
            }
            for (var errands :
                    stages.stream().flatMap(stage -> stage.errands().stream()).toList()) {
                errands.finish(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void configure(
            ConfigurationServiceOverrider o,
            KubernetesClient client,
            Metrics metrics,
            WatchedKinds kinds,
            Runnable broken) {
        var threads = new ReconcileThreads(THREADS);
        o.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(threads)
                .withReconciliationTerminationTimeout(IN_FLIGHT)
                .withUseSSAToPatchPrimaryResource(false)
                .withResourceCloner(SHARED)
                .checkingCRDAndValidateLocalModel(false)
                .withMetrics(new AggregatedMetrics(List.of(metrics, threads.submissions())))
                .withInformerStoppedHandler((informer, cause) -> informerStopped(informer, cause, kinds, broken));
    }

    private static void informerStopped(
            SharedIndexInformer<?> informer, @Nullable Throwable cause, WatchedKinds kinds, Runnable broken) {
        if (cause != null) {
            kinds.fail(informer.getApiTypeClass(), cause);
        }
        if (cause != null && informer.hasSynced()) {
            LOG.atError()
                    .addKeyValue("kind", informer.getApiTypeClass().getSimpleName())
                    .setCause(cause)
                    .log("a watch cannot go on: ending");
            broken.run();
        }
    }

    private <P extends HasMetadata> void register(StageRegistration<P> stage, Settings settings) {
        operator.register(stage.reconciler(), o -> {
            stage.configuration().accept(o);
            o.withName(stage.name());
            o.withReconciliationMaxInterval(AT_LEAST_EVERY);
            o.withRetry(new GenericRetry()
                    .setInitialInterval(FAULT_FIRST.toMillis())
                    .setIntervalMultiplier(2)
                    .setMaxInterval(FAULT_LONGEST.toMillis())
                    .withoutMaxAttempts());
            watch(o, stage.kind(), settings.namespace());
        });
    }

    private static <P extends HasMetadata> void watch(
            ControllerConfigurationOverrider<P> o, Class<P> kind, Optional<String> namespace) {
        if (namespace.isPresent() && Namespaced.class.isAssignableFrom(kind)) {
            o.settingNamespace(namespace.get());
        } else {
            o.watchingAllNamespaces();
        }
    }
}
