package dev.acme53.bench;

import dev.acme53.api.Certificate;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One watch on all Certificates, whose names differ: when a controller first said anything about each, and when it
/// became Ready.
final class CertificateWatch implements ResourceEventHandler<Certificate>, AutoCloseable {
    private final Map<String, Long> touched = new ConcurrentHashMap<>();
    private final Map<String, Long> ready = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Certificate> informer;

    CertificateWatch(KubernetesClient client) {
        informer = client.resources(Certificate.class).inAnyNamespace().inform(this);
    }

    @Override
    public void onAdd(Certificate certificate) {
        look(certificate);
    }

    @Override
    public void onUpdate(Certificate before, Certificate certificate) {
        look(certificate);
    }

    @Override
    public void onDelete(Certificate certificate, boolean isStateUnknown) {
        // what was seen of it stays seen
    }

    private void look(Certificate certificate) {
        var now = System.nanoTime();
        var name = certificate.getMetadata().getName();
        var conditions = certificate.statusOrEmpty().conditions();
        if (!conditions.isEmpty()) {
            touched.putIfAbsent(name, now);
        }
        if (Conditions.isTrue(conditions, ConditionTypes.READY)) {
            ready.putIfAbsent(name, now);
        }
    }

    /// How many are Ready.
    int countReady() {
        return ready.size();
    }

    /// The time from `start`, a reading of [System#nanoTime], until each was Ready, for those that are.
    Durations readyAfter(long start) {
        return Durations.of(
                ready.values().stream().map(at -> Duration.ofNanos(at - start)).toList());
    }

    /// Whether a controller has written something about the Certificate.
    boolean isTouched(String name) {
        return touched.containsKey(name);
    }

    /// The time from `start` until a controller had written something about the Certificate.
    Duration touchedAfter(long start, String name) {
        return Duration.ofNanos(touched.get(name) - start);
    }

    boolean isReady(String name) {
        return ready.containsKey(name);
    }

    @Override
    public void close() {
        informer.close();
    }
}
