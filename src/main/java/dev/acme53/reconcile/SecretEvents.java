package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wakes objects when a Secret that they name appears, changes or goes.
///
/// No Secret's content is received and nothing of any Secret is kept, however many there are (ADR 0006). Each
/// time the watch begins, and while it cannot be had, all objects that name Secrets are woken: what changed in
/// between is found by looking.
public final class SecretEvents<P extends HasMetadata> extends AbstractEventSource<Void, P> {
    private static final Logger LOG = LoggerFactory.getLogger(SecretEvents.class);
    private static final String INDEX = "named-secrets";
    private static final ResourceID WATCH = new ResourceID("secrets");

    private final SecretWatch watch;
    private final IndexerResourceCache<P> primaries;
    private final Function<P, Collection<ResourceID>> named;
    private final Retries retries;
    private @Nullable Thread follower;

    /// @param namespace the only one whose Secrets can be named; empty: all
    /// @param named the Secrets that an object names
    public SecretEvents(
            EventSourceContext<P> context,
            KubernetesClient client,
            Optional<String> namespace,
            RandomGenerator random,
            Function<P, Collection<ResourceID>> named) {
        this(
                context.getPrimaryCache(),
                new SecretWatch(client, namespace),
                new Retries(Duration.ofSeconds(1), Duration.ofMinutes(1), random),
                named);
    }

    SecretEvents(
            IndexerResourceCache<P> primaries,
            SecretWatch watch,
            Retries retries,
            Function<P, Collection<ResourceID>> named) {
        super(Void.class, "secrets");
        this.watch = watch;
        this.primaries = primaries;
        this.named = named;
        this.retries = retries;
        primaries.addIndexer(
                INDEX,
                primary -> List.copyOf(
                        named.apply(primary).stream().map(SecretEvents::key).toList()));
    }

    @Override
    public void start() {
        if (!isRunning()) {
            super.start();
            follower = Thread.ofVirtual().name("secret-watch").start(this::follow);
        }
    }

    @Override
    public void stop() {
        super.stop();
        var running = follower;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }

    private void follow() {
        try {
            while (isRunning()) {
                try {
                    watch.follow(this::begun, this::changed);
                } catch (IOException | RuntimeException e) {
                    if (!isRunning()) {
                        return;
                    }
                    var pause = retries.next(WATCH);
                    LOG.atWarn()
                            .addKeyValue("reason", e)
                            .addKeyValue("retry_in", pause)
                            .log("no watch of Secrets");
                    wakeAll();
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void begun() {
        retries.reset(WATCH);
        wakeAll();
    }

    private void changed(ResourceID secret) {
        primaries.byIndex(INDEX, key(secret)).forEach(this::wake);
    }

    private void wakeAll() {
        primaries.list(primary -> !named.apply(primary).isEmpty()).forEach(this::wake);
    }

    private void wake(P primary) {
        getEventHandler().handleEvent(new Event(ResourceID.fromResource(primary)));
    }

    private static String key(ResourceID secret) {
        return secret.getNamespace().orElse("") + "/" + secret.getName();
    }
}
