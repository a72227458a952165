package dev.acme53.chart;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The tables of values in the chart's README, one per section of `values.yaml`.
final class ValuesTable {
    static final Path FILE = Project.CHART.resolve("README.md");

    private static final String BEGIN = "<!-- values -->\n";
    private static final String END = "<!-- end of values -->";

    private ValuesTable() {}

    /// The README with the tables as they should be.
    static String rewritten(String text, List<Value> values) {
        var from = text.indexOf(BEGIN) + BEGIN.length();
        var to = text.indexOf(END);
        if (from < BEGIN.length() || to < from) {
            throw new IllegalStateException(FILE + " has no place for the values");
        }
        return text.substring(0, from) + tables(values) + text.substring(to);
    }

    private static String tables(List<Value> values) {
        return values.stream()
                .map(Value::section)
                .distinct()
                .map(section -> "### " + section + "\n\n| value | default | meaning |\n| --- | --- | --- |\n"
                        + values.stream()
                                .filter(value -> value.section().equals(section))
                                .map(ValuesTable::row)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static String row(Value value) {
        var standard = value.standard().isNull() ? "" : "`" + value.standard() + "`";
        return "| `" + value.path() + "` | " + standard.replace("|", "\\|") + " | "
                + value.meaning().replace("|", "\\|") + " |\n";
    }
}
