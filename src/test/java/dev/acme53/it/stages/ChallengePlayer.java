package dev.acme53.it.stages;

import static org.awaitility.Awaitility.await;

import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AuthorizationView;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.State;
import dev.acme53.servers.TestNamespace;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.Zone;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Plays the Challenge stage: proves what it finds in a namespace, with the right value or a wrong one.
public final class ChallengePlayer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final AcmeAccount account;
    private final Simulator simulator;
    private final Zone zone;
    private final boolean honest;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Watch watch;

    /// @param honest whether it writes the value that the CA wants to see
    public ChallengePlayer(
            KubernetesClient client,
            TestNamespace namespace,
            AcmeAccount account,
            Simulator simulator,
            Zone zone,
            boolean honest) {
        this.client = client;
        this.account = account;
        this.simulator = simulator;
        this.zone = zone;
        this.honest = honest;
        this.watch = client.resources(Challenge.class)
                .inNamespace(namespace.name())
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Challenge challenge) {
                        if (action == Action.ADDED
                                && seen.add(challenge.getMetadata().getUid())) {
                            threads.execute(() -> prove(challenge));
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                });
    }

    private void prove(Challenge challenge) {
        var spec = challenge.getSpec();
        simulator.addRecord(
                zone,
                RecordSet.challenge(
                        "_acme-challenge." + spec.dnsName(),
                        honest ? spec.key() : "x".repeat(spec.key().length())));
        await().atMost(PATIENCE).until(() -> accepted(spec));
        await().atMost(PATIENCE).until(() -> outcome(spec).isPresent());
        set(client, challenge, outcome(spec).orElseThrow(), honest ? "" : "wrong TXT value");
    }

    private boolean accepted(ChallengeSpec spec) {
        return account.accept(URI.create(spec.authorizationURL()), URI.create(spec.url()))
                instanceof AcmeResult.Answer<?>;
    }

    private Optional<State> outcome(ChallengeSpec spec) {
        return account.authorization(URI.create(spec.authorizationURL()))
                        instanceof AcmeResult.Answer<AuthorizationView>(var view, var _)
                ? switch (view.status()) {
                    case "valid" -> Optional.of(State.VALID);
                    case "invalid" -> Optional.of(State.INVALID);
                    default -> Optional.empty();
                }
                : Optional.empty();
    }

    /// Writes a Challenge's state, as its stage would.
    public static void set(KubernetesClient client, Challenge challenge, State state, String reason) {
        var current = client.resource(challenge).get();
        current.setStatus(current.statusOrEmpty().withState(state).withReason(reason));
        client.resource(current).updateStatus();
    }

    @Override
    public void close() {
        watch.close();
        threads.shutdownNow();
    }
}
