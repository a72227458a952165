package dev.acme53.chart;

import dev.acme53.operator.metrics.MetricsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The files that are made of others. Tests compare them, `main` writes them: `mvn test-compile exec:exec@chart`.
final class MadeFiles {
    private MadeFiles() {}

    /// Rewrites those that differ and says which.
    public static void main(String[] none) throws IOException {
        for (var file : withoutHelm().entrySet()) {
            write(file.getKey(), file.getValue());
        }
        for (var file : withHelm().entrySet()) {
            write(file.getKey(), file.getValue());
        }
    }

    /// The copy of `crds/` in the chart, the README's tables, and those of docs/metrics.md.
    static Map<Path, String> withoutHelm() {
        var all = new TreeMap<Path, String>();
        for (var crd : Project.list(Project.CRDS)) {
            all.put(Project.CHART.resolve("files/crds").resolve(crd.getFileName()), Project.read(crd));
        }
        var readme = ValuesTable.FILE;
        all.put(
                readme,
                ValuesTable.rewritten(Project.read(readme), ValuesFile.read().documented()));
        all.put(MetricsTable.FILE, MetricsTable.rewritten(Project.read(MetricsTable.FILE)));
        return all;
    }

    /// The golden files and `deploy/`.
    static Map<Path, String> withHelm() {
        var all = new TreeMap<Path, String>();
        for (var set : ValueSet.all()) {
            all.put(set.golden(), set.rendered());
        }
        DeployFiles.texts().forEach((name, text) -> all.put(Project.DEPLOY.resolve(name), text));
        return all;
    }

    private static void write(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Project.read(file).equals(text)) {
            Files.writeString(file, text);
            System.out.println("wrote " + file);
        }
    }
}
