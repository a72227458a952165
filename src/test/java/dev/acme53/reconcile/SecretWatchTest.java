package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.reconcile.ScriptedApiServer.Answer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What no API server that is well does.
class SecretWatchTest {
    private static final Answer LIST =
            Answer.ok("{\"kind\": \"PartialObjectMetadataList\", \"metadata\": {\"resourceVersion\": \"5\"}}");

    private final AtomicReference<Answer> watch = new AtomicReference<>(Answer.ok(""));
    private final AtomicReference<Answer> list = new AtomicReference<>(LIST);
    private final ScriptedApiServer server =
            new ScriptedApiServer(asked -> asked.path().contains("watch=true") ? watch.get() : list.get());
    private final List<ResourceID> told = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theWatchAsksForMetadataAloneFromNowOnAndForEightMinutes() throws Exception {
        follow();
        assertThat(server.asked())
                .extracting(ScriptedApiServer.Asked::path)
                .containsExactly(
                        "/api/v1/namespaces/a/secrets?limit=1",
                        "/api/v1/namespaces/a/secrets?watch=true&allowWatchBookmarks=true&timeoutSeconds=480&resourceVersion=5");
        assertThat(server.asked())
                .extracting(ScriptedApiServer.Asked::accept)
                .containsExactly(
                        "application/json;g=meta.k8s.io;v=v1;as=PartialObjectMetadataList",
                        "application/json;g=meta.k8s.io;v=v1;as=PartialObjectMetadata");
    }

    @Test
    @Timeout(20)
    void aConnectionThatDiedWithoutAWordIsGivenUp() {
        watch.set(Answer.held(changed("one")));
        assertThatThrownBy(this::followImpatiently).isInstanceOf(IOException.class);
        assertThat(told).containsExactly(new ResourceID("one", "a"));
    }

    @Test
    @Timeout(20)
    void anAnswerThatDoesNotEndIsGivenUp() {
        list.set(Answer.held(""));
        assertThatThrownBy(this::followImpatiently).isInstanceOf(IOException.class);
        assertThat(told).isEmpty();
    }

    @Test
    void aWatchThatTheApiServerBreaksOffIsAnError() {
        watch.set(Answer.ok(
                changed("one") + "{\"type\": \"ERROR\", \"object\": {\"kind\": \"Status\", \"code\": 410}}\n"));
        assertThatThrownBy(this::follow).isInstanceOf(IOException.class).hasMessageContaining("ERROR");
        assertThat(told).containsExactly(new ResourceID("one", "a"));
    }

    @Test
    void bookmarksTellNothing() throws Exception {
        watch.set(Answer.ok("{\"type\": \"BOOKMARK\", \"object\": {\"metadata\": {\"resourceVersion\": \"9\"}}}\n"));
        follow();
        assertThat(told).isEmpty();
    }

    private void follow() throws IOException, InterruptedException {
        new SecretWatch(server.client(), Optional.of("a")).follow(() -> {}, told::add);
    }

    /// As [#follow], but silence is borne for a second alone.
    private void followImpatiently() throws IOException, InterruptedException {
        new SecretWatch(server.client(), Optional.of("a"), Duration.ZERO, Duration.ofSeconds(1))
                .follow(() -> {}, told::add);
    }

    private static String changed(String name) {
        return "{\"type\": \"MODIFIED\", \"object\": {\"metadata\": {\"name\": \"%s\", \"namespace\": \"a\", \"resourceVersion\": \"6\"}}}\n"
                .formatted(name);
    }
}
