package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.reconcile.ScriptedApiServer.Answer;
import dev.acme53.reconcile.ScriptedApiServer.Asked;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COMPONENT = "cert-manager-issuers";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00.5Z"));
    private final AtomicReference<Function<Asked, Answer>> script = new AtomicReference<>(EventRecorderTest::stored);
    private final ScriptedApiServer server =
            new ScriptedApiServer(asked -> script.get().apply(asked));
    private final EventRecorder events = new EventRecorder(server.client(), now::get);

    @AfterEach
    void close() {
        events.close();
        server.close();
    }

    @Test
    void anEventNamesTheObjectAndWhoSpeaks() {
        events.warning(issuer("le"), COMPONENT, "ErrInitIssuer", "no such Secret");
        events.close();
        var asked = server.asked().getFirst();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.path()).isEqualTo("/api/v1/namespaces/a/events");
        var event = json(asked.body());
        assertThat(event.at("/metadata/name").asText()).startsWith("le.");
        assertThat(event.at("/involvedObject").toString()).isEqualTo(json("""
                        {"apiVersion": "cert-manager.io/v1", "kind": "Issuer", "name": "le", "namespace": "a",
                         "uid": "uid-le"}""").toString());
        assertThat(texts(event, "/type", "/reason", "/message", "/source/component", "/reportingComponent"))
                .containsExactly("Warning", "ErrInitIssuer", "no such Secret", COMPONENT, COMPONENT);
        assertThat(texts(event, "/count", "/firstTimestamp", "/lastTimestamp"))
                .containsExactly("1", "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z");
    }

    @Test
    void theSameAgainIsCountedAndNotWrittenAnew() {
        events.normal(issuer("le"), COMPONENT, "Ready", "yes");
        now.set(now.get().plusSeconds(60));
        events.normal(issuer("le"), COMPONENT, "Ready", "yes");
        events.normal(issuer("le"), COMPONENT, "Ready", "yes");
        events.close();
        assertThat(server.asked("POST")).hasSize(1);
        assertThat(server.asked("PATCH"))
                .extracting(Asked::body)
                .containsExactly(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"count\":2,\"lastTimestamp\":\"2026-03-01T12:01:00Z\"}",
                        "{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"count\":3,\"lastTimestamp\":\"2026-03-01T12:01:00Z\"}");
        assertThat(server.asked("PATCH").getFirst().path()).startsWith("/api/v1/namespaces/a/events/le.");
    }

    @Test
    void whatDiffersIsAnotherEvent() {
        events.normal(issuer("le"), COMPONENT, "Ready", "yes");
        events.normal(issuer("le"), COMPONENT, "Ready", "still");
        events.warning(issuer("le"), COMPONENT, "Ready", "yes");
        events.normal(issuer("other"), COMPONENT, "Ready", "yes");
        events.normal(issuer("le"), "cert-manager-orders", "Ready", "yes");
        events.close();
        assertThat(server.asked("POST")).hasSize(5);
        assertThat(server.asked("PATCH")).isEmpty();
    }

    @Test
    void anEventThatTheApiServerForgotIsWrittenAnew() {
        events.normal(issuer("le"), COMPONENT, "Ready", "yes");
        script.set(asked -> asked.method().equals("PATCH") ? Answer.refused(404) : stored(asked));
        events.normal(issuer("le"), COMPONENT, "Ready", "yes");
        events.close();
        assertThat(server.asked("POST"))
                .hasSize(2)
                .allSatisfy(asked ->
                        assertThat(json(asked.body()).at("/count").asInt()).isEqualTo(1));
    }

    @Test
    void eventsOfClusterScopedObjectsAreInTheNamespaceDefault() {
        var issuer = new ClusterIssuer();
        issuer.setMetadata(new ObjectMetaBuilder().withName("le").withUid("u").build());
        events.normal(issuer, COMPONENT, "Ready", "yes");
        events.close();
        var asked = server.asked().getFirst();
        assertThat(asked.path()).isEqualTo("/api/v1/namespaces/default/events");
        assertThat(json(asked.body()).at("/involvedObject/namespace").isMissingNode())
                .isTrue();
    }

    @Test
    void aLongMessageIsCutToWhatTheApiServerTakes() {
        events.normal(issuer("le"), COMPONENT, "Ready", "x".repeat(1024));
        events.normal(issuer("le"), COMPONENT, "Ready", "x".repeat(1025));
        events.close();
        assertThat(server.asked("POST"))
                .extracting(asked -> json(asked.body()).at("/message").asText())
                .containsExactly("x".repeat(1024), "x".repeat(1021) + "...");
    }

    @Test
    void anApiServerThatRefusesOneEventGetsTheNext() {
        script.set(asked -> asked.body().contains("refused this") ? Answer.refused(500) : stored(asked));
        events.normal(issuer("le"), COMPONENT, "Ready", "refused this");
        events.normal(issuer("le"), COMPONENT, "Ready", "second");
        events.normal(issuer("le"), COMPONENT, "Ready", "second");
        events.close();
        assertThat(server.asked("POST").getLast().body()).contains("second");
        assertThat(server.asked("PATCH")).hasSize(1);
    }

    @Test
    void whoRecordsNeverWaitsAndWhatIsTooMuchIsDropped() {
        var go = new CountDownLatch(1);
        script.set(asked -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return stored(asked);
        });
        try (var small = new EventRecorder(server.client(), now::get, 3)) {
            for (var i = 1; i <= 6; i++) {
                small.normal(issuer("le"), COMPONENT, "Ready", "message " + i);
            }
            go.countDown();
        }
        assertThat(server.asked())
                .extracting(asked -> json(asked.body()).at("/message").asText())
                .containsExactly("message 1", "message 2", "message 3", "message 4");
    }

    @Test
    void whatIsRecordedAfterTheEndIsDropped() {
        events.close();
        events.normal(issuer("le"), COMPONENT, "Ready", "late");
        assertThat(server.asked()).isEmpty();
    }

    private static Answer stored(Asked asked) {
        return asked.method().equals("POST")
                ? new Answer(201, asked.body(), false)
                : Answer.ok("{\"apiVersion\": \"v1\", \"kind\": \"Event\", \"metadata\": {\"name\": \"e\"}}");
    }

    private static HasMetadata issuer(String name) {
        var issuer = new Issuer();
        issuer.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("a")
                .withUid("uid-" + name)
                .build());
        return issuer;
    }

    private static List<String> texts(JsonNode node, String... pointers) {
        return Arrays.stream(pointers).map(p -> node.at(p).asText()).toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
