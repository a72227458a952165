package dev.acme53.operator;

import dev.acme53.operator.flags.Settings;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This instance's part in leader election (behaviour.md §6.5). JOSDK elects and renews; what it does not do is
/// here: the Lease's label, what `/livez` wants to know, the release on a regular end, and the end when the Lease is
/// lost.
final class Leadership implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/managed-by", "cert-manager");

    private final Settings.LeaderElection settings;
    private final String identity;
    private final LongSupplier nanoTime;
    private final Runnable lost;
    private volatile boolean leading;
    private volatile boolean released;
    private volatile long renewedAt;

    /// @param nanoTime a monotonic clock
    /// @param lost what to do when another may be leading; must not return to acting
    Leadership(Settings.LeaderElection settings, String hostname, LongSupplier nanoTime, Runnable lost) {
        this.settings = settings;
        this.identity = hostname + "-external-cert-manager-controller";
        this.nanoTime = nanoTime;
        this.lost = lost;
        this.leading = !settings.enabled();
    }

    /// Whether this instance acts.
    boolean isLeading() {
        return leading;
    }

    /// JOSDK's part; empty when there is no election.
    // its builder cannot say "do not exit": an orderly stop must not end the process with 1
    @SuppressWarnings("deprecation")
    Optional<LeaderElectionConfiguration> configuration(KubernetesClient client) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        var callbacks = new LeaderCallbacks(
                () -> started(client),
                this::stopped,
                leader -> LOG.atInfo()
                        .addKeyValue("leader", leader)
                        .addKeyValue("lease", settings.leaseName())
                        .log("the Lease has a new holder"));
        return Optional.of(new LeaderElectionConfiguration(
                settings.leaseName(),
                settings.leaseNamespace(),
                settings.leaseDuration(),
                settings.renewDeadline(),
                settings.retryPeriod(),
                identity,
                callbacks,
                false));
    }

    /// Why this instance should not be trusted any more: it holds a Lease that ran out, unrenewed, longer ago than
    /// `--internal-healthz-leader-election-timeout`. Empty when all is well.
    Optional<String> unhealthy() {
        if (!settings.enabled() || !leading) {
            return Optional.empty();
        }
        var unrenewed = Duration.ofNanos(nanoTime.getAsLong() - renewedAt);
        return unrenewed.compareTo(settings.leaseDuration().plus(settings.healthTimeout())) > 0
                ? Optional.of("the Lease was not renewed for " + unrenewed.toSeconds() + " s")
                : Optional.empty();
    }

    /// Gives the Lease back, so that a stand-by need not wait until it runs out. To be called when nothing is
    /// sent any more; from now on losing the Lease means nothing.
    void release(KubernetesClient patient, InstantSource clock) {
        if (!settings.enabled() || !leading) {
            return;
        }
        released = true;
        var client = ApiServerClient.impatient(patient);
        try {
            var lease = lease(client).get();
            if (lease == null || !identity.equals(lease.getSpec().getHolderIdentity())) {
                return;
            }
            var now = ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
            patch(
                    client,
                    new LeaseBuilder()
                            .withNewMetadata()
                            .withName(settings.leaseName())
                            .withNamespace(settings.leaseNamespace())
                            .withResourceVersion(lease.getMetadata().getResourceVersion())
                            .endMetadata()
                            .withNewSpec()
                            .withHolderIdentity("")
                            .withLeaseDurationSeconds(1)
                            .withAcquireTime(now)
                            .withRenewTime(now)
                            .endSpec()
                            .build());
            LOG.atInfo().addKeyValue("lease", settings.leaseName()).log("Lease released");
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("lease", settings.leaseName())
                    .addKeyValue("status", e.getCode())
                    .log("Lease not released: the next instance waits until it runs out");
        }
    }

    /// From now on a stop of leading is our own doing.
    void stopping() {
        released = true;
    }

    private void started(KubernetesClient client) {
        lead();
        LOG.atInfo()
                .addKeyValue("lease", settings.leaseName())
                .addKeyValue("identity", identity)
                .log("this instance leads");
        label(client);
    }

    void lead() {
        renewed();
        leading = true;
    }

    void renewed() {
        renewedAt = nanoTime.getAsLong();
    }

    private void stopped() {
        if (!released) {
            LOG.atError().addKeyValue("lease", settings.leaseName()).log("the Lease is lost: ending at once");
            lost.run();
        }
    }

    /// The elector makes the Lease without labels, and merges its own fields only from then on.
    private void label(KubernetesClient client) {
        try {
            var lease = lease(client).get();
            var labels = lease == null ? null : lease.getMetadata().getLabels();
            if (labels == null || !labels.entrySet().containsAll(LABELS.entrySet())) {
                patch(
                        client,
                        new LeaseBuilder()
                                .withNewMetadata()
                                .withName(settings.leaseName())
                                .withNamespace(settings.leaseNamespace())
                                .withLabels(LABELS)
                                .endMetadata()
                                .build());
            }
        } catch (KubernetesClientException e) {
            LOG.atDebug().addKeyValue("status", e.getCode()).log("Lease not labelled");
        }
    }

    private void patch(KubernetesClient client, Lease slim) {
        lease(client)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("cert-manager-leader-election")
                                .build(),
                        slim);
    }

    private Resource<Lease> lease(KubernetesClient client) {
        return client.leases().inNamespace(settings.leaseNamespace()).withName(settings.leaseName());
    }

    /// Notes each successful write of the Lease.
    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        var path = Objects.requireNonNullElse(request.uri().getPath(), "");
        if (response.isSuccessful() && !request.method().equals("GET") && path.contains("/leases")) {
            renewed();
        }
    }
}
