package dev.acme53.operator;

import com.sun.net.httpserver.HttpsConfigurator;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.HttpSettings;
import dev.acme53.api.Certificate;
import dev.acme53.certificate.FailureBackoff;
import dev.acme53.operator.flags.ListenAddress;
import dev.acme53.operator.flags.Settings;
import dev.acme53.operator.flags.Stage;
import dev.acme53.operator.logging.Logs;
import dev.acme53.operator.metrics.MetricsPage;
import dev.acme53.operator.network.Network;
import dev.acme53.operator.serving.ClockDrift;
import dev.acme53.operator.serving.HealthChecks;
import dev.acme53.operator.serving.HealthChecks.Check;
import dev.acme53.operator.serving.HttpEndpoint;
import dev.acme53.operator.serving.MetricsTls;
import dev.acme53.operator.serving.StatusEndpoint;
import dev.acme53.reconcile.EventRecorder;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StatusWriter;
import dev.acme53.reconcile.WatchedKinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of the controller, from settings to the end of the process.
final class ControllerRun {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerRun.class);

    private final Settings settings;
    private final Map<String, String> environment;
    private final Clock clock = Clock.systemUTC();
    private final ProcessEnd end = new ProcessEnd();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Leadership leadership;
    private final Election election;
    private final Network network;
    private final KubernetesClient client;
    private final CustomResources kinds;
    private final WatchedKinds sharedKinds = new WatchedKinds(clock);
    private final EventRecorder events;
    private final MetricsPage metrics;
    private final StatusView status;
    private volatile @Nullable Engine engine;
    private volatile BooleanSupplier filled = () -> false;

    /// @throws CannotStart when the API server is not named
    /// @throws dev.acme53.operator.network.BadVariable when a variable of the environment cannot be used
    ControllerRun(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
        network = Network.of(environment).becomeTheDefault();
        Logs.setUp(settings.logging().verbosity(), settings.logging().json());
        client = ApiServerClient.connect(settings.apiServer(), environment, network);
        leadership = new Leadership(
                settings.leaderElection(), new Candidate(lock(), System::nanoTime), System::nanoTime, end::halt);
        election = new Election(leadership);
        kinds = new CustomResources(client);
        events = new EventRecorder(client, clock);
        status = new StatusView(clock, leadership, this::unready, settings.namespace());
        metrics = new MetricsPage(clock, new MetricsPage.Instance(Version.own(), Version.API, leadership::isLeading));
    }

    /// Something outside of this program has to change first; the message is one line for the user.
    static final class CannotStart extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotStart(String message) {
            super(message);
        }
    }

    /// Runs until the process is told to end, which ends the process itself; returns the exit code only when there was
    /// nothing to run yet.
    /// @throws CannotStart when a port is taken
    int run() {
        introduce();
        var metricsEndpoint = bind(
                "metrics-listen-address",
                settings.metrics().address(),
                settings.metrics().tls().map(tls -> MetricsTls.of(tls, settings.pemLimits())));
        metricsEndpoint.serve("/metrics", metrics);
        var health = bind("internal-healthz-listen-address", settings.healthz(), Optional.empty());
        var drift = new ClockDrift(clock, System::nanoTime);
        health.serve(
                "/livez",
                new HealthChecks(
                        "livez",
                        List.of(
                                new Check("leaderElection", leadership::unhealthy),
                                new Check("clockHealth", drift::complaint))));
        health.serve("/readyz", new HealthChecks("readyz", List.of(new Check("caches", this::unready))));
        var endpoints = new ArrayList<>(List.of(health, metricsEndpoint));
        settings.statusPage()
                .ifPresent(address -> endpoints.add(bind("status-page-address", address, Optional.empty())
                        .serve("/", new StatusEndpoint(address, status::now))));
        endpoints.forEach(HttpEndpoint::start);
        new HeapAtRest().watch();
        end.onEnd(() -> stop(endpoints));
        try {
            work();
            stopping.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private void work() throws InterruptedException {
        kinds.await(stopping);
        if (end.isEnding()) {
            return;
        }
        var all = stages();
        var stages = all.enabled();
        if (stages.isEmpty()) {
            LOG.warn("--controllers leaves no stage to run");
            filled = () -> true;
            return;
        }
        var made = new Engine(settings, client, stages, sharedKinds, metrics.syncs(), end::fail);
        engine = made;
        filled = made::isHealthy;
        var shown = new MetricsPage.Source() {
            @Override
            public <K extends HasMetadata> Optional<List<K>> all(Class<K> kind) {
                return shown(made, kind);
            }
        };
        var backoff = Stages.certificates(settings);
        metrics.show(shown, status -> FailureBackoff.nextAttempt(status, backoff));
        orFail(() -> {
            made.start();
            status.show(made, s -> FailureBackoff.nextAttempt(s, backoff), all.route53());
            LOG.info("started");
            if (settings.leaderElection().enabled()) {
                leadership.onLead(() -> orFail(made::lead));
                election.start();
            } else {
                made.lead();
            }
        });
    }

    private void orFail(Runnable part) {
        try {
            part.run();
        } catch (OperatorException e) {
            if (!end.isEnding()) {
                LOG.atError().setCause(e).log("not started: ending");
                end.fail();
            }
        }
    }

    private LeaseLock lock() {
        var lease = settings.leaderElection();
        return new LeaseLock(
                new LeaseStore.InCluster(ApiServerClient.impatient(client), lease.leaseNamespace(), lease.leaseName()),
                lease.leaseNamespace(),
                lease.leaseName(),
                Hostname.of(environment) + Leadership.SUFFIX,
                lease.leaseDuration(),
                clock);
    }

    private Stages stages() {
        var context = new StageContext(
                client,
                new StatusWriter(client, metrics.results()),
                events,
                clock,
                RandomGenerator.getDefault(),
                settings.clusterResourceNamespace(),
                settings.namespace(),
                sharedKinds);
        var cas = AcmeAccounts.over(
                HttpSettings.of(
                        network.proxySelector(), network::proxyAuthorization, network.tls(), Version.userAgent()),
                metrics.acmeRequests(),
                clock);
        return new Stages(
                context,
                settings,
                cas,
                environment,
                network,
                RecursiveNameservers.of(settings.challenges().nameservers()),
                metrics);
    }

    /// A stand-by shows no objects, lest they count twice; Certificates only with `certificates-metrics`.
    private <K extends HasMetadata> Optional<List<K>> shown(Engine running, Class<K> kind) {
        var wanted = kind != Certificate.class || settings.controllers().has(Stage.CERTIFICATE_METRICS);
        return wanted && leadership.isLeading() ? running.cached(kind) : Optional.empty();
    }

    private void introduce() {
        LOG.atInfo()
                .addKeyValue("version", Version.own())
                .addKeyValue("api", "cert-manager " + Version.API)
                .addKeyValue("stages", settings.controllers().stages())
                .addKeyValue("namespaces", settings.namespace().orElse("all"))
                .addKeyValue("cluster_resource_namespace", settings.clusterResourceNamespace())
                .addKeyValue("leader_election", settings.leaderElection().enabled())
                .log("acme53 starts");
        network.introduce();
        settings.withoutEffect()
                .forEach(idle -> LOG.atInfo()
                        .addKeyValue("flag", idle.flag())
                        .addKeyValue("reason", idle.reason())
                        .log("this flag has no effect here"));
    }

    private static HttpEndpoint bind(String flag, ListenAddress address, Optional<HttpsConfigurator> tls) {
        try {
            return HttpEndpoint.bind(address, tls);
        } catch (IOException e) {
            throw new CannotStart("--" + flag + "=" + address + ": " + e.getMessage());
        }
    }

    private Optional<String> unready() {
        if (end.isEnding()) {
            return Optional.of("the process is ending");
        }
        var missing = kinds.missing();
        if (missing.isPresent()) {
            return missing;
        }
        return filled.getAsBoolean()
                ? leadership.unready()
                : Optional.of("the caches are not filled, or a watch is broken");
    }

    /// Stops what acts first, then gives the Lease back, then goes silent.
    private void stop(List<HttpEndpoint> endpoints) {
        LOG.info("acme53 stops");
        stopping.countDown();
        election.stopping();
        var running = engine;
        if (running != null) {
            running.stop();
        }
        try {
            election.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        events.close();
        endpoints.forEach(HttpEndpoint::close);
        client.close();
        LOG.info("acme53 stopped");
    }
}
