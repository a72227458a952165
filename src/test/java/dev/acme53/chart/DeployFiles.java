package dev.acme53.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The manifests of `deploy/`: the chart, rendered with the values of `src/test/resources/deploy`. Its kustomizations
/// and the Namespace are written by hand.
final class DeployFiles {
    private static final Path VALUES = Project.ROOT.resolve("src/test/resources/deploy");
    private static final Pattern SOURCE = Pattern.compile("# Source: acme53/templates/(.+)\n");
    private static final String HEAD = """
            # Made from helm/acme53 by mvn test-compile exec:exec@chart
            """;

    private DeployFiles() {}

    /// Texts by the name of the template that they come from, which is their file's name.
    static Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        for (var document : rendered("values").split("(?m)^---\n")) {
            var source = SOURCE.matcher(document);
            if (source.find()) {
                var text = source.replaceFirst("").strip() + "\n";
                texts.merge(source.group(1), HEAD + text, (all, _) -> all + "---\n" + text);
            }
        }
        return texts;
    }

    /// The same way of running it as `components` of the kustomization give, asked of the chart.
    static List<JsonNode> asked(String... components) {
        return Chart.objects(rendered(
                Stream.concat(Stream.of("values"), Stream.of(components)).toArray(String[]::new)));
    }

    private static String rendered(String... files) {
        return Chart.template(
                        "acme53",
                        Stream.of(files)
                                .map(file -> VALUES.resolve(file + ".yaml"))
                                .toArray(Path[]::new))
                .success();
    }
}
