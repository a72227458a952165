package dev.acme53.operator.metrics;

import dev.acme53.operator.serving.HttpEndpoint.Answer;
import dev.acme53.operator.serving.HttpEndpoint.Request;
import dev.acme53.operator.serving.HttpEndpoint.Responder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.Writer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// All of `/metrics`.
public final class MetricsPage implements Responder {
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SyncCounts syncs = new SyncCounts();
    private final AcmeRequests acmeRequests = new AcmeRequests(registry);
    private final InstantSource clock;
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

    public MetricsPage(InstantSource clock) {
        this.clock = clock;
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

    /// For meters of the stages' own.
    public MeterRegistry registry() {
        return registry;
    }

    /// Shows the objects of `caches` from now on.
    public void show(Source caches) {
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
        ObjectSeries.write(series, source);
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
}
