package dev.acme53.operator.metrics;

import dev.acme53.acme.AcmeRequest;
import dev.acme53.acme.AcmeRequestObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Requests to CAs: how many and how long. The counter is written here, since its name ends without `_total`; the
/// durations are a timer of the registry, whose name comes out as the peer's.
public final class AcmeRequests implements AcmeRequestObserver {
    private record Labels(String scheme, String host, String action, String method, String status) {}

    private final MeterRegistry registry;
    private final Map<Labels, Timer> timers = new ConcurrentHashMap<>();

    public AcmeRequests(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(AcmeRequest request) {
        var labels = new Labels(
                request.scheme(),
                request.host(),
                request.action(),
                request.method(),
                Integer.toString(request.status()));
        timers.computeIfAbsent(labels, this::timer).record(request.took());
    }

    void write(Exposition out) throws IOException {
        out.counter("certmanager_http_acme_client_request_count", "Requests to ACME servers, repetitions included.");
        for (var entry : timers.entrySet()) {
            var labels = entry.getKey();
            out.sample(
                    (double) entry.getValue().count(),
                    "scheme",
                    labels.scheme,
                    "host",
                    labels.host,
                    "action",
                    labels.action,
                    "method",
                    labels.method,
                    "status",
                    labels.status);
        }
    }

    private Timer timer(Labels labels) {
        return Timer.builder("certmanager.http.acme.client.request.duration")
                .description("How long requests to ACME servers took.")
                .tags(
                        "scheme",
                        labels.scheme,
                        "host",
                        labels.host,
                        "action",
                        labels.action,
                        "method",
                        labels.method,
                        "status",
                        labels.status)
                .publishPercentiles(0.5, 0.9, 0.99)
                .distributionStatisticExpiry(Duration.ofMinutes(10))
                .distributionStatisticBufferLength(2)
                .register(registry);
    }
}
