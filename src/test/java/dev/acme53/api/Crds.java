package dev.acme53.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The files of `crds/`, read.
final class Crds {
    private static final YAMLMapper YAML = new YAMLMapper();

    private Crds() {}

    /// The whole CustomResourceDefinition of one kind's plural.
    static JsonNode of(String group, String plural) {
        try {
            return YAML.readTree(Path.of("crds", group + "_" + plural + ".yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The one version.
    static JsonNode version(JsonNode crd) {
        return crd.at("/spec/versions/0");
    }

    static JsonNode schema(JsonNode crd) {
        return version(crd).at("/schema/openAPIV3Schema");
    }
}
