package dev.acme53.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One watch of Secrets that is sent their metadata alone (`PartialObjectMetadata`), which the client's
/// informers cannot ask for. Nothing is listed: it tells what changes from now on, and keeps nothing.
final class SecretWatch {
    private static final String FORM = "application/json;g=meta.k8s.io;v=v1;as=";

    /// The API server ends the watch after this; it is then begun anew.
    private static final Duration LENGTH = Duration.ofMinutes(8);

    /// A connection that died without a word is given up after this.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Duration length;
    private final Duration grace;
    private final String secrets;

    /// @param namespace the only one that is watched; empty: all
    SecretWatch(KubernetesClient client, Optional<String> namespace) {
        this(client, namespace, LENGTH, GRACE);
    }

    /// @param length after which the API server is asked to end the watch, in whole seconds
    /// @param grace how long an answer may take to begin, and a watch to end when its time has come
    SecretWatch(KubernetesClient client, Optional<String> namespace, Duration length, Duration grace) {
        this.client = client;
        this.length = length;
        this.grace = grace;
        this.secrets = "api/v1/" + namespace.map(n -> "namespaces/" + n + "/").orElse("") + "secrets";
    }

    /// Follows the changes until the watch ends, as it does after some minutes at the latest.
    ///
    /// @param begun called once the watch stands: what changes from then on is told
    /// @throws IOException when there is no watch to be had
    /// @throws InterruptedException when the thread is to end
    void follow(Runnable begun, Consumer<ResourceID> changed) throws IOException, InterruptedException {
        var start = version();
        var request = request(
                "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + length.toSeconds() + "&resourceVersion="
                        + start,
                "PartialObjectMetadata");
        try (var lines = answer(request);
                var _ = limit(lines, length.plus(grace))) {
            begun.run();
            var reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                tell(client.getKubernetesSerialization().unmarshal(line, Change.class), changed);
            }
        }
    }

    /// The version of the collection now, by the cheapest list there is.
    private String version() throws IOException, InterruptedException {
        try (var body = answer(request("?limit=1", "PartialObjectMetadataList"));
                var _ = limit(body, grace)) {
            var text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return client.getKubernetesSerialization()
                    .unmarshal(text, Item.class)
                    .metadata()
                    .resourceVersion();
        }
    }

    private HttpRequest request(String query, String form) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl() + secrets + query))
                .header("Accept", FORM + form)
                .forStreaming()
                .build();
    }

    private InputStream answer(HttpRequest request) throws IOException, InterruptedException {
        var sent = client.getHttpClient().sendAsync(request, InputStream.class);
        HttpResponse<InputStream> answer;
        try {
            answer = sent.get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the API server does not answer", e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            sent.cancel(true);
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IOException("the API server does not answer");
        }
        if (!answer.isSuccessful()) {
            answer.body().close();
            throw new IOException("HTTP " + answer.code());
        }
        return answer.body();
    }

    private static void tell(Change change, Consumer<ResourceID> changed) throws IOException {
        switch (change.type()) {
            case "ADDED", "MODIFIED", "DELETED" -> {
                var meta = change.object().metadata();
                changed.accept(new ResourceID(meta.name(), meta.namespace()));
            }
            case "BOOKMARK" -> {}
            default -> throw new IOException("the watch ended with " + change.type());
        }
    }

    /// Closes `body` after some time, which ends the wait for its next octet; unless this was closed before.
    private static Limit limit(InputStream body, Duration time) {
        var thread = Thread.ofVirtual().name("secret-watch-limit").start(() -> {
            try (body) {
                Thread.sleep(time);
            } catch (InterruptedException | IOException _) {
                Thread.currentThread().interrupt();
            }
        });
        return thread::interrupt;
    }

    /// Ends without an exception.
    private interface Limit extends AutoCloseable {
        @Override
        void close();
    }

    /// One line of the watch.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Change(String type, Item object) {}

    /// A Secret, or a list of them, without content.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Item(Meta metadata) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Meta(@Nullable String name, @Nullable String namespace, String resourceVersion) {}
}
