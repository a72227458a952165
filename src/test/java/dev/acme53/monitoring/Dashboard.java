package dev.acme53.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The Grafana dashboard, as far as Prometheus is asked for it.
record Dashboard(JsonNode json) {
    private static final Path FILE =
            Path.of(System.getProperty("basedir", "")).resolve("helm/acme53/files/grafana-dashboard.json");

    static Dashboard read() {
        try {
            return new Dashboard(new JsonMapper().readTree(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What all panels ask, as it stands there.
    List<String> expressions() {
        return json.findValues("expr").stream().map(JsonNode::asText).toList();
    }
}
