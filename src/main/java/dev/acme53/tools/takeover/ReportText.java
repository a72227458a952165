package dev.acme53.tools.takeover;

import dev.acme53.tools.Document;
import dev.acme53.tools.takeover.Finding.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A report as people and as programs read it.
final class ReportText {
    private final Report report;

    ReportText(Report report) {
        this.report = report;
    }

    /// What is to be done, what is left alone, and how many objects are served.
    ///
    /// @param all whether each served object is named too
    String lines(boolean all) {
        var lines = new ArrayList<String>();
        report.notes().forEach(lines::add);
        section(lines, "To do before", Verdict.TO_DO);
        section(lines, "Left alone", Verdict.LEFT_ALONE);
        lines.add("");
        lines.add("Served: " + counts());
        of(Verdict.SERVED)
                .filter(finding -> all || !finding.why().isEmpty())
                .forEach(finding -> lines.add("  " + finding.object() + sentence(finding.why())));
        if (!report.finished().isEmpty()) {
            lines.add("Finished, and read by nobody: "
                    + report.finished().entrySet().stream()
                            .map(e -> e.getValue() + " " + plural(e.getKey(), e.getValue()))
                            .collect(Collectors.joining(", ")));
        }
        if (!report.lacking().isEmpty()) {
            lines.add("");
            lines.add("Not looked at, since whoever asks may not");
            report.lacking().forEach(what -> lines.add("  " + what));
        }
        return plain(String.join("\n", lines)) + "\n";
    }

    private void section(List<String> lines, String title, Verdict verdict) {
        var findings = of(verdict).toList();
        if (findings.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title + " (" + findings.size() + ")");
        for (var finding : findings) {
            lines.add("  " + finding.object() + sentence(finding.why()));
            lines.add("    → " + finding.change());
        }
    }

    private static String sentence(String why) {
        return why.isEmpty() ? "" : ": " + why;
    }

    private Stream<Finding> of(Verdict verdict) {
        return report.findings().stream().filter(finding -> finding.verdict() == verdict);
    }

    private String counts() {
        Map<String, Long> byKind =
                of(Verdict.SERVED).collect(Collectors.groupingBy(Finding::kind, TreeMap::new, Collectors.counting()));
        return byKind.isEmpty()
                ? "nothing"
                : byKind.entrySet().stream()
                        .map(e -> e.getValue() + " " + plural(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String plural(String kind, long count) {
        return count == 1 ? kind : kind + "s";
    }

    /// Anyone may have written it into an object, and terminals obey control characters.
    private static String plain(String text) {
        return text.replaceAll("[\\p{C}&&[^\\n]]", "?");
    }

    /// All of it, each object with its verdict.
    String json() {
        var content = new LinkedHashMap<String, Object>();
        content.put("notes", report.notes());
        content.put("objects", report.findings().stream().map(ReportText::entry).toList());
        content.put("finished", report.finished());
        content.put("notLookedAt", report.lacking());
        return new Document("", content).json() + "\n";
    }

    private static Map<String, Object> entry(Finding finding) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("verdict", finding.verdict().text());
        entry.put("kind", finding.kind());
        entry.put("namespace", finding.namespace());
        entry.put("name", finding.name());
        entry.put("why", finding.why());
        entry.put("change", finding.change());
        return entry;
    }
}
