package dev.acme53.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The Grafana dashboard, as far as Prometheus is asked for it.
record Dashboard(JsonNode json) {
    private static final Path FILE =
            Path.of(System.getProperty("basedir", "")).resolve("helm/acme53/files/grafana-dashboard.json");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), *(\\w+)\\)");

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

    /// What the variables ask for their values, each as an expression that has a series for each value:
    /// `label_values(METRIC, LABEL)` is Grafana's own.
    ///
    /// @throws IllegalStateException of a variable that asks in another way, or says otherwise what it asks
    List<String> variables() {
        return json.at("/templating/list")
                .valueStream()
                .filter(variable -> variable.path("type").asText().equals("query"))
                .map(Dashboard::asExpression)
                .toList();
    }

    private static String asExpression(JsonNode variable) {
        var query = variable.at("/query/query").asText();
        var values = LABEL_VALUES.matcher(query);
        if (!values.matches() || !query.equals(variable.path("definition").asText())) {
            throw new IllegalStateException(variable.toString());
        }
        return "count by (" + values.group(2) + ") (" + values.group(1) + ")";
    }
}
