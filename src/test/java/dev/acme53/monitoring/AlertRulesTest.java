package dev.acme53.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.monitoring.AlertRules.Alert;
import dev.acme53.monitoring.AlertRules.Row;
import dev.acme53.operator.metrics.MetricsTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ""));

    @Test
    void everyAlertIsMadeToFireByARowOfTheTableAndTheTableKnowsNoOthers() {
        var fired = AlertRules.table().stream()
                .filter(Row::fires)
                .map(Row::alert)
                .distinct()
                .toList();
        assertThat(fired)
                .containsExactlyElementsOf(
                        AlertRules.all().stream().map(Alert::name).toList());
        assertThat(AlertRules.table()).extracting(Row::alert).isSubsetOf(fired);
    }

    @Test
    void everyAlertHasASeverityASentenceAndAPlaceInTheGuide() throws Exception {
        var places = headings(Files.readString(ROOT.resolve("docs/troubleshooting.md")));
        assertThat(AlertRules.all()).hasSizeGreaterThan(15).allSatisfy(alert -> {
            assertThat(alert.severity()).isIn("critical", "warning");
            assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook");
            assertThat(alert.annotations().get("description")).endsWith(".").doesNotContain("{{");
            assertThat(places).contains(alert.annotations().get("runbook").replace("docs/troubleshooting.md#", ""));
        });
    }

    @Test
    void alertsAndDashboardNameMetricsThatThereAre() throws Exception {
        var known = Stream.of(Files.readString(MetricsTable.FILE))
                .flatMap(text -> Pattern.compile("`((?:acme53|certmanager)_\\w+)` \\| (\\w+)")
                        .matcher(text)
                        .results())
                .flatMap(AlertRulesTest::series)
                .collect(Collectors.toSet());
        assertThat(AlertRules.all()).allSatisfy(alert -> assertThat(known).containsAll(metrics(alert.expression())));
        var dashboard = Dashboard.read();
        assertThat(Stream.concat(dashboard.expressions().stream(), dashboard.variables().stream()))
                .hasSizeGreaterThan(20)
                .allSatisfy(expression -> assertThat(known).containsAll(metrics(expression)));
    }

    private static Stream<String> series(MatchResult row) {
        var name = row.group(1);
        return switch (row.group(2)) {
            case "histogram" -> Stream.of(name + "_bucket", name + "_sum", name + "_count");
            case "summary" -> Stream.of(name, name + "_sum", name + "_count");
            default -> Stream.of(name);
        };
    }

    private static Set<String> metrics(String expression) {
        return Pattern.compile("\\b(?:acme53|certmanager)_\\w+")
                .matcher(expression)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /// As links name them.
    private static Set<String> headings(String markdown) {
        return markdown.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(java.util.Locale.ROOT))
                .map(line -> line.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
