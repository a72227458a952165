package dev.acme53.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// `target/acme53-sbom.json`, which the build has made just before: it names what an image has on its class path.
class SbomIT {
    private static final Path TARGET =
            Path.of(System.getProperty("basedir", "")).resolve("target");
    private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

    private final JsonNode sbom = read();

    @Test
    void itIsCycloneDxAndAboutThisProgram() {
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(sbom.path("specVersion").asText()).matches("1\\.[4-9]");
        var program = sbom.at("/metadata/component");
        assertThat(program.path("group").asText()).isEqualTo("dev.acme53");
        assertThat(program.path("name").asText()).isEqualTo("acme53");
        assertThat(program.path("purl").asText()).startsWith("pkg:maven/dev.acme53/acme53@");
    }

    @Test
    void itNamesEachJarOfTheClassPathWithVersionAndSumAndNoOther() throws IOException {
        assertThat(named()).hasSizeGreaterThan(30).containsExactlyEntriesOf(libraries());
    }

    @Test
    void eachComponentHasALicenceAndAPlaceInTheTree() {
        var tree = StreamSupport.stream(sbom.path("dependencies").spliterator(), false)
                .map(node -> node.path("ref").asText())
                .toList();
        assertThat(sbom.path("components")).allSatisfy(component -> {
            assertThat(component.path("licenses")).as(component.toString()).isNotEmpty();
            assertThat(component.path("bom-ref").asText()).isIn(tree);
        });
    }

    /// SHA-256 by file name.
    private Map<String, String> named() {
        var all = new TreeMap<String, String>();
        for (var component : sbom.path("components")) {
            var classifier = CLASSIFIER.matcher(component.path("purl").asText());
            var file = component.path("name").asText() + "-"
                    + component.path("version").asText() + (classifier.find() ? "-" + classifier.group(1) : "")
                    + ".jar";
            for (var hash : component.path("hashes")) {
                if (hash.path("alg").asText().equals("SHA-256")) {
                    all.put(file, hash.path("content").asText());
                }
            }
        }
        return all;
    }

    private static Map<String, String> libraries() throws IOException {
        var all = new TreeMap<String, String>();
        for (var jar : ImageFiles.jars()) {
            if (!jar.getFileName().toString().equals("acme53.jar")) {
                all.put(jar.getFileName().toString(), sum(jar));
            }
        }
        return all;
    }

    private static String sum(Path jar) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read() {
        try {
            return new JsonMapper().readTree(Files.readString(TARGET.resolve("acme53-sbom.json")));
        } catch (IOException e) {
            throw new IllegalStateException("mvn verify makes it before integration tests", e);
        }
    }
}
