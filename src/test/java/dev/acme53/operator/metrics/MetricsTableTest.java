package dev.acme53.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.operator.metrics.MetricsTable.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTableTest {
    @Test
    void theTablesOfTheDocumentationSayWhatAScrapeSays() {
        assertThat(MetricsTable.file())
                .as("run: mvn test-compile exec:exec@chart")
                .isEqualTo(MetricsTable.rewritten(MetricsTable.file()));
    }

    @Test
    void aScrapeIsReadAsRows() {
        assertThat(MetricsTable.rows("""
                        # HELP acme53_b_seconds What b
                        # is.
                        # TYPE acme53_b_seconds histogram
                        acme53_b_seconds_bucket{stage="x",le="1.0"} 1
                        acme53_b_seconds_sum{stage="x"} 1
                        # HELP acme53_b_seconds_max Its most.
                        # TYPE acme53_b_seconds_max gauge
                        acme53_b_seconds_max{stage="x"} 1
                        # HELP certmanager_a What a is.
                        # TYPE certmanager_a counter
                        certmanager_a 3
                        # HELP jvm_a Not ours.
                        # TYPE jvm_a gauge
                        jvm_a 3
                        """))
                .containsExactly(
                        new Row("acme53_b_seconds", "histogram", List.of("stage"), "What b"),
                        new Row("acme53_b_seconds_max", "gauge", List.of("stage"), "Its most."),
                        new Row("certmanager_a", "counter", List.of(), "What a is."));
    }

    @Test
    void everyMetricOfOursSaysInASentenceWhatItIs() {
        assertThat(MetricsTable.rows(MetricsTable.everything()))
                .hasSizeGreaterThan(30)
                .allSatisfy(row -> assertThat(row.help()).matches("[A-Z1].*[.0]"));
    }

    /// What could be anything: names of objects, zones, hosts, accounts. Such would make series without end.
    @Test
    void noLabelOfOursIsFreeText() {
        assertThat(MetricsTable.rows(MetricsTable.everything()))
                .filteredOn(row -> row.name().startsWith("acme53_"))
                .flatExtracting(Row::labels)
                .containsOnly("stage", "result", "service", "action", "controller", "version", "api");
    }
}
