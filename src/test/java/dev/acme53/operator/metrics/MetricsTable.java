package dev.acme53.operator.metrics;

import dev.acme53.acme.AcmeRequest;
import dev.acme53.challenge.ChallengeStage;
import dev.acme53.route53.AccountCalls;
import dev.acme53.route53.ChangeTracker;
import dev.acme53.route53.RequestLimits;
import dev.acme53.route53.ZoneLanes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tables of docs/metrics.md, made of what a scrape says of each metric.
public final class MetricsTable {
    /// The file that has them.
    public static final Path FILE = Path.of(System.getProperty("basedir", "")).resolve("docs/metrics.md");

    private static final Pattern DESCRIPTION = Pattern.compile("# (HELP|TYPE) (\\S+) (.+)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    /// What the form of a histogram or summary adds.
    private static final Set<String> OF_THE_FORM = Set.of("le", "quantile");

    /// One metric.
    public record Row(String name, String type, List<String> labels, String help) {
        /// As it stands in the file, with the labels that a scrape has shown.
        String line() {
            var codes = labels.stream().map(l -> "`" + l + "`").collect(Collectors.joining(", "));
            return "| `%s` | %s | %s | %s |".formatted(name, type, codes, help);
        }
    }

    private MetricsTable() {}

    /// The rows of a scrape that are not in the file.
    public static List<Row> undocumented(String scrape) {
        var lines = file().lines().collect(Collectors.toSet());
        return rows(scrape).stream()
                .filter(row -> row.labels.isEmpty()
                        ? lines.stream().noneMatch(l -> l.startsWith("| `" + row.name + "` | " + row.type + " |"))
                        : !lines.contains(row.line()))
                .toList();
    }

    /// The file as it should be: `text` with the tables in their places.
    public static String rewritten(String text) {
        var rows = rows(everything());
        return with(with(text, "cert-manager", rows, "certmanager_"), "acme53", rows, "acme53_");
    }

    /// The metrics of a scrape that are the peer's or ours, by name.
    public static List<Row> rows(String scrape) {
        var types = new LinkedHashMap<String, String>();
        var helps = new LinkedHashMap<String, String>();
        var labels = new LinkedHashMap<String, Set<String>>();
        for (var line : scrape.lines().toList()) {
            var description = DESCRIPTION.matcher(line);
            var sample = SAMPLE.matcher(line);
            if (description.matches()) {
                (description.group(1).equals("HELP") ? helps : types).put(description.group(2), description.group(3));
            } else if (sample.matches()) {
                labels.computeIfAbsent(metric(sample.group(1), types), _ -> new LinkedHashSet<>())
                        .addAll(labels(sample.group(2)));
            }
        }
        return types.keySet().stream()
                .filter(name -> name.startsWith("certmanager_") || name.startsWith("acme53_"))
                .map(name -> new Row(
                        name,
                        types.get(name),
                        List.copyOf(labels.getOrDefault(name, Set.of())),
                        helps.getOrDefault(name, "")))
                .sorted(Comparator.comparing(Row::name))
                .toList();
    }

    private static String metric(String series, Map<String, String> types) {
        return types.containsKey(series) ? series : series.replaceFirst("_(bucket|sum|count)$", "");
    }

    private static Set<String> labels(String text) {
        return LABEL.matcher(text == null ? "" : text)
                .results()
                .map(label -> label.group(1))
                .filter(label -> !OF_THE_FORM.contains(label))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String with(String text, String whose, List<Row> rows, String prefix) {
        var begin = "<!-- metrics of " + whose + " -->\n";
        var from = text.indexOf(begin) + begin.length();
        var to = text.indexOf("<!-- end -->", from);
        if (from < begin.length() || to < from) {
            throw new IllegalStateException(FILE + " has no place for " + begin);
        }
        var table = rows.stream()
                .filter(row -> row.name.startsWith(prefix))
                .map(row -> row.line() + "\n")
                .collect(Collectors.joining(
                        "", "| metric | type | labels | what it says |\n| --- | --- | --- | --- |\n", ""));
        return text.substring(0, from) + table + text.substring(to);
    }

    /// A scrape with every metric in it.
    static String everything() {
        var shown = new APage();
        var page = shown.page();
        shown.show(APage.CERTIFICATE, APage.CHALLENGE, APage.ISSUER, APage.CLUSTER_ISSUER);
        page.acmeRequests().ended(new AcmeRequest("discover", "https", "ca.test", "GET", 200, Duration.ZERO));
        ChallengeStage.leftOver(page.registry());
        var limits = new RequestLimits(4, 0);
        var calls = new AccountCalls(limits, () -> APage.NOW);
        try (var changes = new ChangeTracker(calls, limits, () -> APage.NOW)) {
            page.aws().show(calls, new ZoneLanes(calls, () -> APage.NOW, new SplittableRandom(1)), changes);
            page.syncs().timeControllerExecution(new AReconcile("orders", () -> 1));
            return shown.text();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String file() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
