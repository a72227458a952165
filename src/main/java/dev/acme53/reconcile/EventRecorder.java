package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Core `v1` Events about our objects (behaviour.md §0.3, §8.5 of api.md).
///
/// The same event about the same object (source, type, reason and message equal) is one Event object whose
/// `count` and `lastTimestamp` move, so a failure that repeats fills no store. Events are written by one
/// thread in the order they were recorded; recording never blocks and never fails: when more than 2,000
/// wait, or after [#close], the newest are dropped and logged. Events about cluster-scoped objects go to the namespace
/// `default`, as Kubernetes' own do.
public final class EventRecorder implements AutoCloseable {
    /// `Normal` or `Warning`.
    public enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Type(String text) {
            this.text = text;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int REMEMBERED = 4096;
    private static final int LONGEST_MESSAGE = 1024;
    private static final int WAITING = 2000;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final ExecutorService writer;
    private final Map<Occurrence, Written> written = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Occurrence, Written> eldest) {
            return size() > REMEMBERED;
        }
    };

    public EventRecorder(KubernetesClient client, InstantSource clock) {
        this(client, clock, WAITING);
    }

    /// @param waiting how many events may wait to be written
    EventRecorder(KubernetesClient client, InstantSource clock, int waiting) {
        this.client = client;
        this.clock = clock;
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(waiting),
                Thread.ofVirtual().name("events").factory());
    }

    /// Records a Normal event about `object`.
    /// @param component the controller that speaks, one of [dev.acme53.api.FieldManagers]
    public void normal(HasMetadata object, String component, String reason, String message) {
        record(object, component, Type.NORMAL, reason, message);
    }

    /// Records a Warning event about `object`.
    public void warning(HasMetadata object, String component, String reason, String message) {
        record(object, component, Type.WARNING, reason, message);
    }

    private void record(HasMetadata object, String component, Type type, String reason, String message) {
        var meta = object.getMetadata();
        var occurrence = new Occurrence(
                object.getApiVersion(),
                object.getKind(),
                Objects.requireNonNullElse(meta.getNamespace(), ""),
                meta.getName(),
                Objects.requireNonNullElse(meta.getUid(), ""),
                component,
                type,
                reason,
                message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 3) + "...");
        LOG.atInfo()
                .addKeyValue("resource_kind", occurrence.kind)
                .addKeyValue("resource_namespace", occurrence.namespace)
                .addKeyValue("resource_name", occurrence.name)
                .addKeyValue("reason", reason)
                .log(occurrence.message);
        try {
            writer.execute(() -> write(occurrence));
        } catch (RejectedExecutionException _) {
            LOG.atWarn().addKeyValue("reason", reason).log("event dropped: too many wait to be written");
        }
    }

    /// Writes what waits, for at most two seconds, then stops.
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(2, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void write(Occurrence occurrence) {
        var known = written.get(occurrence);
        try {
            if (known == null || !bumped(occurrence, known)) {
                var event = event(occurrence);
                // by plain call, whose answer nobody parses: a quarter of all writes are events
                client.raw("/api/v1/namespaces/" + eventNamespace(occurrence) + "/events", "POST", event);
                written.put(occurrence, new Written(event.getMetadata().getName(), 1));
            }
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("reason", occurrence.reason)
                    .addKeyValue("status", e.getCode())
                    .log("event not written");
        }
    }

    private boolean bumped(Occurrence occurrence, Written known) {
        var count = known.count + 1;
        var patch = new EventBuilder().withCount(count).withLastTimestamp(now()).build();
        patch.setMetadata(null);
        try {
            client.v1()
                    .events()
                    .inNamespace(eventNamespace(occurrence))
                    .withName(known.name)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
            written.put(occurrence, new Written(known.name, count));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return false;
            }
            throw e;
        }
    }

    private Event event(Occurrence o) {
        var now = now();
        return new EventBuilder()
                .withNewMetadata()
                .withName(o.name + "." + Long.toHexString(System.nanoTime()))
                .withNamespace(eventNamespace(o))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(o.apiVersion)
                .withKind(o.kind)
                .withNamespace(o.namespace.isEmpty() ? null : o.namespace)
                .withName(o.name)
                .withUid(o.uid)
                .endInvolvedObject()
                .withType(o.type.text)
                .withReason(o.reason)
                .withMessage(o.message)
                .withNewSource()
                .withComponent(o.component)
                .endSource()
                .withReportingComponent(o.component)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
    }

    private static String eventNamespace(Occurrence occurrence) {
        return occurrence.namespace.isEmpty() ? "default" : occurrence.namespace;
    }

    private String now() {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                clock.instant().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    private record Occurrence(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            String uid,
            String component,
            Type type,
            String reason,
            String message) {}

    private record Written(String name, int count) {}
}
