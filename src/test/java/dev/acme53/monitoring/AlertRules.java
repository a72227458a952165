package dev.acme53.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The alert rules as people use them, and the table that says when each fires.
final class AlertRules {
    static final Path FILE = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("helm/acme53/files/prometheus-rules.yaml");

    private static final YAMLMapper YAML = new YAMLMapper();

    /// One alert.
    record Alert(String name, String expression, String severity, Map<String, String> annotations) {}

    /// One row of the table: series, and the minutes at which the alert is quiet and fires.
    record Row(
            String alert,
            Map<String, String> series,
            int quiet,
            int firing,
            Map<String, String> labels,
            String summary) {
        /// Without a `firing` it stays quiet.
        boolean fires() {
            return firing > 0;
        }
    }

    private AlertRules() {}

    static List<Alert> all() {
        return read(FILE)
                .at("/groups")
                .valueStream()
                .flatMap(group -> group.get("rules").valueStream())
                .map(rule -> new Alert(
                        rule.get("alert").asText(),
                        rule.get("expr").asText(),
                        rule.at("/labels/severity").asText(),
                        texts(rule.get("annotations"))))
                .toList();
    }

    static List<Row> table() {
        return read(Path.of(System.getProperty("basedir", "")).resolve("src/test/resources/prometheus/alerts.yaml"))
                .valueStream()
                .map(row -> new Row(
                        row.get("alert").asText(),
                        texts(row.get("series")),
                        row.get("quiet").asInt(),
                        row.path("firing").asInt(),
                        texts(row.path("labels")),
                        row.path("summary").asText()))
                .toList();
    }

    private static Map<String, String> texts(JsonNode object) {
        var all = new TreeMap<String, String>();
        object.properties()
                .forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        return all;
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
