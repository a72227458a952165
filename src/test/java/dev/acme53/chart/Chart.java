package dev.acme53.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.acme53.servers.Command;
import dev.acme53.servers.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The chart as `helm template` renders it.
final class Chart {
    /// Of the cluster that is rendered for, so that helm's own version plays no part.
    static final String KUBERNETES = "v1.37.2";

    private static final YAMLMapper YAML = new YAMLMapper();

    private Chart() {}

    /// Renders release `release` in the namespace `cert-manager`, by helm 4.
    static Command.Outcome template(String release, Path... values) {
        return template(Helm.Major.FOUR, release, values);
    }

    static Command.Outcome template(Helm.Major major, String release, Path... values) {
        return template(major, Project.CHART, release, values);
    }

    /// The same of another chart, or of this one packed.
    static Command.Outcome template(Helm.Major major, Path chart, String release, Path... values) {
        var arguments = new ArrayList<>(List.of(
                "template", release, chart.toString(), "--namespace=cert-manager", "--kube-version=" + KUBERNETES));
        for (var file : values) {
            arguments.add("--values=" + file);
        }
        return Helm.alone(major).run(arguments);
    }

    /// The documents of a text, empty ones left out.
    static List<JsonNode> objects(String text) {
        try (var all = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return all.readAll().stream()
                    .filter(object -> object.isObject() && !object.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
