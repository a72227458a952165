package dev.acme53.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.operator.flags.FlagOptions;
import dev.acme53.operator.flags.Settings;
import dev.acme53.operator.metrics.SyncCounts;
import dev.acme53.operator.network.Network;
import dev.acme53.reconcile.Informers;
import dev.acme53.reconcile.StageRegistration;
import dev.acme53.reconcile.WatchedKinds;
import dev.acme53.servers.ControllerAccount;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// What informers call does not run on the thread that reads from the API server (ADR 29): a request from there whose
/// answer is waited for waits for itself.
class ReadingThreadIT {
    private static final String READER = "SelectorManager";

    /// What was called, and the threads that called it.
    private final Map<String, Set<String>> called = new ConcurrentHashMap<>();

    private final TestNamespace namespace = TestServers.kubernetes().freshNamespace();
    private final KubernetesClient admin = TestServers.kubernetes().client();
    private final KubernetesClient client =
            ApiServerClient.client(ControllerAccount.in(TestServers.kubernetes()), Network.of(Map.of()), _ -> {});

    @Test
    void whatHandlesEventsMayAskTheApiServer() {
        Stream.of("listed", "deleted", "third").forEach(this::createIssuer);
        createSecret("listed");
        var kinds = new WatchedKinds(InstantSource.system());
        var stage = new StageRegistration<>("issuers", Issuer.class, new Asking(), this::configure);
        var engine = new Engine(settings(), client, List.of(stage), kinds, new SyncCounts(), () -> {});
        try (admin;
                client;
                namespace) {
            engine.start();
            engine.lead();
            awaitCalls("add listed", "add third", "appear listed", "mapped listed", "reconcile listed");
            createIssuer("watched");
            createSecret("watched");
            issuers("listed").edit(issuer -> {
                issuer.getMetadata().setLabels(Map.of("changed", "true"));
                return issuer;
            });
            issuers("deleted").delete();
            awaitCalls("add watched", "update listed", "change listed", "mapped watched", "go deleted");
            assertThat(called)
                    .allSatisfy((call, threads) ->
                            assertThat(threads).as(call).noneMatch(thread -> thread.contains(READER)));
            assertThat(Thread.getAllStackTraces().keySet())
                    .anyMatch(thread -> thread.getName().contains(READER));
        } finally {
            engine.stop();
        }
    }

    private void awaitCalls(String... calls) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(called.keySet()).contains(calls));
    }

    private void noteAndAsk(String call, HasMetadata object) {
        called.computeIfAbsent(call + " " + object.getMetadata().getName(), _ -> ConcurrentHashMap.newKeySet())
                .add(Thread.currentThread().getName());
        client.secrets().inNamespace(namespace.name()).withName("none").get();
    }

    /// As all stages are configured, but for pages of one object.
    private void configure(ControllerConfigurationOverrider<Issuer> stage) {
        Informers.configure(stage);
        stage.withInformerListLimit(1L)
                .withOnAddFilter(issuer -> {
                    noteAndAsk("add", issuer);
                    return true;
                })
                .withOnUpdateFilter((issuer, _) -> {
                    noteAndAsk("update", issuer);
                    return true;
                });
    }

    private Settings settings() {
        var spec = CommandSpec.create();
        FlagOptions.addTo(spec);
        return FlagOptions.settings(new CommandLine(spec).parseArgs("--namespace=" + namespace.name()));
    }

    private Resource<Issuer> issuers(String name) {
        return admin.resources(Issuer.class).inNamespace(namespace.name()).withName(name);
    }

    private void createIssuer(String name) {
        var issuer = new Issuer();
        issuer.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace.name())
                .build());
        var key = new SecretKeySelector("account", "");
        issuer.setSpec(new IssuerSpec(
                new AcmeIssuer(
                        null, "https://ca.test/dir", null, null, false, null, key, List.of(), false, false, null, null),
                null));
        admin.resource(issuer).create();
    }

    /// One that comes in many pieces: a list of these is kept, and its events begin, where the last piece is read.
    private void createSecret(String name) {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace.name())
                        .endMetadata()
                        .addToStringData("large", "x".repeat(600_000))
                        .build())
                .create();
    }

    /// Asks the API server whatever it is called for.
    private final class Asking implements Reconciler<Issuer> {
        @Override
        public List<EventSource<?, Issuer>> prepareEventSources(EventSourceContext<Issuer> context) {
            var secrets = Informers.of(Secret.class, Issuer.class, secret -> secret)
                    .withSecondaryToPrimaryMapper(secret -> {
                        noteAndAsk("mapped", secret);
                        return Set.of();
                    })
                    .withPrimaryToSecondaryMapper((Issuer _) -> Set.of())
                    .build();
            return List.of(new Told(), new InformerEventSource<>(secrets, context));
        }

        @Override
        public UpdateControl<Issuer> reconcile(Issuer issuer, Context<Issuer> context) {
            noteAndAsk("reconcile", issuer);
            return UpdateControl.noUpdate();
        }
    }

    /// Is told of each event, as what the stages share is.
    private final class Told extends AbstractEventSource<Void, Issuer> implements ResourceEventAware<Issuer> {
        Told() {
            super(Void.class, "told");
        }

        @Override
        public Set<Void> getSecondaryResources(Issuer primary) {
            return Set.of();
        }

        @Override
        public void onResourceCreated(Issuer issuer) {
            noteAndAsk("appear", issuer);
        }

        @Override
        public void onResourceUpdated(Issuer now, Issuer before) {
            noteAndAsk("change", now);
        }

        @Override
        public void onResourceDeleted(Issuer issuer) {
            noteAndAsk("go", issuer);
        }
    }
}
