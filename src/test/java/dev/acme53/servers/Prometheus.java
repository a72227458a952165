package dev.acme53.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A real Prometheus, from its own binary, that scrapes one controller each second.
public final class Prometheus implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path folder = ServerProcess.folder("prometheus");
    private final URI address = URI.create("http://127.0.0.1:" + FreePort.next());
    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerProcess process;

    private Prometheus(ControllerProcess controller, Path rules) {
        ServerProcess.write(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [%s]
                scrape_configs:
                  - job_name: acme53
                    static_configs:
                      - targets: ["%s"]
                """.formatted(
                        rules, controller.metricsAddress().getAuthority()));
        process = ServerProcess.start(
                "prometheus",
                folder,
                List.of(
                        ServerBinaries.prometheus().toString(),
                        "--config.file=prometheus.yml",
                        "--storage.tsdb.path=data",
                        "--web.listen-address=" + address.getAuthority()),
                Map.of());
        process.awaitReady(LIMIT, () -> Answers.ok(http, request("/-/ready")));
    }

    /// Starts one with `rules`, a file.
    public static Prometheus watching(ControllerProcess controller, Path rules) {
        return new Prometheus(controller, rules);
    }

    /// What an expression gives now: a list of samples.
    public JsonNode query(String expression) {
        return get("/api/v1/query?query=" + encoded(expression)).get("result");
    }

    /// The type of each metric, as it was read.
    public Map<String, String> types() {
        return get("/api/v1/metadata").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        metric -> metric.getValue().get(0).get("type").asText()));
    }

    /// How an expression is understood: its tree.
    public JsonNode parsed(String expression) {
        return get("/api/v1/parse_query?query=" + encoded(expression));
    }

    /// All alert rules as they stand.
    public List<JsonNode> rules() {
        return get("/api/v1/rules?type=alert").findValues("rules").stream()
                .flatMap(JsonNode::valueStream)
                .toList();
    }

    /// Of one alert: `inactive`, `pending` or `firing`.
    public String state(String alert) {
        return rules().stream()
                .filter(rule -> rule.get("name").asText().equals(alert))
                .findFirst()
                .orElseThrow()
                .get("state")
                .asText();
    }

    private JsonNode get(String path) {
        try {
            var answer = http.send(request(path), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.body());
            }
            return new JsonMapper().readTree(answer.body()).get("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    private static String encoded(String expression) {
        return URLEncoder.encode(expression, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.close();
        http.close();
        ServerProcess.delete(folder);
    }
}
