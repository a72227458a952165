package dev.acme53.it.stages;

import dev.acme53.reconcile.EventRecorder;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StageRegistration;
import dev.acme53.reconcile.StatusWriter;
import dev.acme53.reconcile.WatchedKinds;
import dev.acme53.servers.ControllerAccount;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.Operator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// Stages of one namespace, run as the operator runs them and under the controller's roles. Closing ends them as
/// abruptly as a test can: what they remember is gone.
public final class RunningStages implements AutoCloseable {
    private final KubernetesClient client;
    private final EventRecorder events;
    private final Operator operator;

    /// Stages on the API server as it is.
    /// @param stages made anew from the context, so that nothing of an earlier run is remembered
    public RunningStages(
            KubernetesApi api, TestNamespace namespace, Function<StageContext, List<StageRegistration<?>>> stages) {
        this(api, namespace, InstantSource.system(), stages);
    }

    /// The same by another clock.
    public RunningStages(
            KubernetesApi api,
            TestNamespace namespace,
            InstantSource clock,
            Function<StageContext, List<StageRegistration<?>>> stages) {
        this(api, namespace, clock, new Interceptor() {}, stages);
    }

    /// @param between stands between the stages and the API server
    public RunningStages(
            KubernetesApi api,
            TestNamespace namespace,
            InstantSource clock,
            Interceptor between,
            Function<StageContext, List<StageRegistration<?>>> stages) {
        client = ControllerAccount.client(api, between);
        events = new EventRecorder(client, clock);
        operator = new Operator(o -> o.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
                .withUseSSAToPatchPrimaryResource(false)
                .checkingCRDAndValidateLocalModel(false));
        var context = new StageContext(
                client,
                new StatusWriter(client),
                events,
                clock,
                new SplittableRandom(),
                namespace.name(),
                Optional.empty(),
                new WatchedKinds(clock));
        stages.apply(context).forEach(stage -> register(stage, namespace.name()));
        context.kinds().unattended().forEach(watched -> register(watched, namespace.name()));
        operator.start();
    }

    private <P extends HasMetadata> void register(StageRegistration<P> stage, String namespace) {
        operator.register(stage.reconciler(), o -> {
            stage.configuration().accept(o);
            o.withName(stage.name());
            if (Namespaced.class.isAssignableFrom(stage.kind())) {
                o.settingNamespace(namespace);
            } else {
                o.watchingAllNamespaces();
            }
        });
    }

    /// What a stage does that has ended: for a thread of its own that is to go no further.
    public static void sayNothing() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        operator.stop();
        events.close();
        client.close();
    }
}
