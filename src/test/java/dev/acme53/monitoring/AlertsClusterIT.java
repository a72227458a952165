package dev.acme53.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.acme53.monitoring.AlertRules.Alert;
import dev.acme53.monitoring.AlertRules.Row;
import dev.acme53.servers.Promtool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prometheus' own unit tests of the alert rules, made of the table that says when each fires.
class AlertsClusterIT {
    private final Map<String, Alert> alerts =
            AlertRules.all().stream().collect(Collectors.toMap(Alert::name, Function.identity()));

    @TempDir
    Path folder;

    @Test
    void theRulesAreWellFormed() {
        assertThat(Promtool.run("check", "rules", "--lint=all", "--lint-fatal", AlertRules.FILE.toString()))
                .contains(alerts.size() + " rules found");
    }

    @Test
    void eachAlertFiresWhenTheTableSaysAndNotAMinuteSooner() throws Exception {
        var tests = AlertRules.table().stream().map(this::test).toList();
        assertThat(Promtool.run("test", "rules", written(tests).toString())).contains("SUCCESS");
    }

    @Test
    void promtoolSaysWhenAnAlertDoesNotFire() throws Exception {
        var tooEarly = AlertRules.table().stream()
                .filter(Row::fires)
                .limit(1)
                .map(row -> new Row(row.alert(), row.series(), 0, row.quiet(), row.labels(), row.summary()))
                .map(this::test)
                .toList();
        assertThat(Promtool.run("test", "rules", written(tooEarly).toString())).contains("FAILED");
    }

    private Path written(List<Map<String, Object>> tests) throws Exception {
        return Files.writeString(
                folder.resolve("tests.yaml"),
                new YAMLMapper()
                        .writeValueAsString(Map.of(
                                "rule_files",
                                List.of(AlertRules.FILE.toString()),
                                "evaluation_interval",
                                "1m",
                                "tests",
                                tests)));
    }

    private Map<String, Object> test(Row row) {
        var checks = new ArrayList<Map<String, Object>>();
        checks.add(Map.of("eval_time", row.quiet() + "m", "alertname", row.alert(), "exp_alerts", List.of()));
        if (row.fires()) {
            checks.add(Map.of(
                    "eval_time",
                    row.firing() + "m",
                    "alertname",
                    row.alert(),
                    "exp_alerts",
                    List.of(Map.of("exp_labels", labels(row), "exp_annotations", annotations(row)))));
        }
        return Map.of(
                "name",
                row.alert(),
                "interval",
                "1m",
                "input_series",
                row.series().entrySet().stream()
                        .map(s -> Map.of("series", s.getKey(), "values", s.getValue()))
                        .toList(),
                "alert_rule_test",
                checks);
    }

    private Map<String, String> labels(Row row) {
        var labels = new TreeMap<>(row.labels());
        labels.put("severity", alerts.get(row.alert()).severity());
        return labels;
    }

    private Map<String, String> annotations(Row row) {
        var annotations = new TreeMap<>(alerts.get(row.alert()).annotations());
        annotations.put("summary", row.summary());
        return annotations;
    }
}
