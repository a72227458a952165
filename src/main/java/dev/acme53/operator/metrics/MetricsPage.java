package dev.acme53.operator.metrics;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateStatus;
import dev.acme53.operator.serving.HttpEndpoint.Answer;
import dev.acme53.operator.serving.HttpEndpoint.Request;
import dev.acme53.operator.serving.HttpEndpoint.Responder;
import dev.acme53.reconcile.StatusObserver;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// All of `/metrics`.
public final class MetricsPage implements Responder {
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SyncCounts syncs = new SyncCounts();
    private final AcmeRequests acmeRequests = new AcmeRequests(registry);
    private final InstantSource clock;
    private final Instance instance;
    private final StageResults results;
    private final AwsMeters aws;
    private volatile Function<CertificateStatus, Optional<Instant>> nextAttempt = _ -> Optional.empty();
    private volatile Source source = new Source() {
        @Override
        public <K extends HasMetadata> Optional<List<K>> all(Class<K> kind) {
            return Optional.empty();
        }
    };

    /// Where the objects of a kind are read from.
    public interface Source {
        /// Empty when the kind is not watched, or is not to be shown.
        <K extends HasMetadata> Optional<List<K>> all(Class<K> kind);
    }

    /// This process.
    /// @param version its own
    /// @param api the release of the peer whose API it serves
    /// @param leads whether it acts
    public record Instance(String version, String api, BooleanSupplier leads) {}

    public MetricsPage(InstantSource clock, Instance instance) {
        this.clock = clock;
        this.instance = instance;
        results = new StageResults(registry, clock);
        aws = new AwsMeters(registry, clock);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
    }

    /// To be told of reconciles.
    public SyncCounts syncs() {
        return syncs;
    }

    /// To be told of requests to CAs.
    public AcmeRequests acmeRequests() {
        return acmeRequests;
    }

    /// To be told of statuses that are stored.
    public StatusObserver results() {
        return results;
    }

    /// To be told of calls to AWS and of changes in Route 53.
    public AwsMeters aws() {
        return aws;
    }

    /// For meters of the stages' own.
    public MeterRegistry registry() {
        return registry;
    }

    /// Shows the objects of `caches` from now on.
    /// @param next when a Certificate whose issuance failed is tried again; empty when none failed
    public void show(Source caches, Function<CertificateStatus, Optional<Instant>> next) {
        nextAttempt = next;
        source = caches;
    }

    @Override
    public Answer answer(Request request) {
        return request.path().isEmpty()
                ? new Answer(200, FORMAT, this::write)
                : Answer.text(404, "404 page not found\n");
    }

    private void write(Writer out) throws IOException {
        var series = new Exposition(out);
        instance(series);
        ObjectSeries.write(series, source);
        var certificates = source.all(Certificate.class);
        if (certificates.isPresent()) {
            CertificateFigures.write(series, certificates.get(), clock.instant(), nextAttempt);
        }
        syncs.write(series);
        acmeRequests.write(series);
        var now = (double) clock.instant().getEpochSecond();
        series.counter("certmanager_clock_time_seconds", "Unix time; use the gauge instead.");
        series.sample(now);
        series.gauge("certmanager_clock_time_seconds_gauge", "Unix time.");
        series.sample(now);
        ProcessSeries.write(series);
        out.append(registry.scrape());
    }

    private void instance(Exposition out) throws IOException {
        out.gauge("acme53_build_info", "1, with the version that runs and the release of the API that it serves.");
        out.sample(1, "version", instance.version, "api", instance.api);
        out.gauge("acme53_leader", "Whether this instance acts, 1, or stands by, 0.");
        out.sample(instance.leads.getAsBoolean() ? 1 : 0);
    }
}
