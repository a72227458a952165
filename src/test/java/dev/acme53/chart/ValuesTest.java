package dev.acme53.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final String WITHOUT_EFFECT = "Without effect";

    private final ValuesFile values = ValuesFile.read();

    @Test
    void everyValueHasAComment() {
        assertThat(values.leaves())
                .hasSizeGreaterThan(100)
                .allSatisfy(leaf -> assertThat(values.documented()).anyMatch(value -> value.covers(leaf)));
    }

    @Test
    void aCommentIsASentenceAndBelongsToASection() {
        assertThat(values.documented()).allSatisfy(value -> {
            assertThat(value.meaning()).endsWith(".");
            assertThat(value.section()).isNotEmpty();
            assertThat(value.standard().isMissingNode()).isFalse();
        });
    }

    @Test
    void aValueThatMakesAFlagWithoutEffectIsAmongThoseWithoutEffect() {
        var flags = Project.read(Project.ROOT.resolve("docs/flags.md"));
        var idle = flags.substring(
                flags.indexOf("<!-- accepted flags -->"), flags.indexOf("<!-- end of accepted flags -->"));
        var made = Pattern.compile("(?m)^- (--[\\w-]+)=")
                .matcher(Project.read(Project.CHART.resolve("templates/_helpers.tpl")))
                .results()
                .map(found -> "`" + found.group(1) + "`")
                .filter(idle::contains)
                .toList();
        assertThat(made)
                .hasSize(4)
                .allSatisfy(flag -> assertThat(values.documented())
                        .filteredOn(value -> value.meaning().contains(flag))
                        .singleElement()
                        .extracting(Value::section)
                        .isEqualTo(WITHOUT_EFFECT));
    }

    @Test
    void theNotesNameEachValueWithoutEffect() {
        var notes = Project.read(Project.CHART.resolve("templates/NOTES.txt"));
        assertThat(values.documented())
                .filteredOn(value -> value.section().equals(WITHOUT_EFFECT)
                        || value.meaning().startsWith("No effect"))
                .hasSizeGreaterThan(6)
                .allSatisfy(value -> assertThat(notes).contains('"' + value.path() + '"'));
    }

    @Test
    void aKeyIsReadWithItsCommentSectionAndPath() {
        assertThat(ValuesFile.of("""
                        # about the file

                        # == First

                        a:
                          # One
                          # and a half.
                          b: {c: 1}
                          list:
                            - x: 1
                          d: ""
                        # == Second

                        # Two.
                        e: 5
                        """).documented())
                .extracting(
                        Value::section, Value::path, value -> value.standard().toString(), Value::meaning)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("First", "a.b", "{\"c\":1}", "One and a half."),
                        org.assertj.core.groups.Tuple.tuple("Second", "e", "5", "Two."));
    }

    @Test
    void theSchemaKnowsTheValuesAndNoOthers() throws Exception {
        var schema = new JsonMapper().readTree(Files.readString(Project.CHART.resolve("values.schema.json")));
        var known = new TreeSet<String>();
        collect(schema, schema, "", known);
        // an object that users fill may have parts in values.yaml that the schema leaves to Kubernetes
        assertThat(values.leaves())
                .allMatch(leaf -> known.stream().anyMatch(k -> leaf.equals(k) || leaf.startsWith(k + ".")));
        assertThat(known)
                .filteredOn(path -> !path.startsWith("config."))
                .allMatch(
                        path -> !values.root().at("/" + path.replace('.', '/')).isMissingNode());
    }

    /// The paths of all properties, `$ref` and `allOf` followed.
    private static void collect(JsonNode root, JsonNode schema, String path, Collection<String> into) {
        if (schema.has("$ref")) {
            collect(root, root.at(schema.get("$ref").asText().substring(1)), path, into);
        }
        for (var part : schema.path("allOf")) {
            collect(root, part, path, into);
        }
        schema.path("properties").properties().forEach(property -> {
            var below = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            if (!property.getValue().isBoolean()) {
                into.add(below);
                collect(root, property.getValue(), below, into);
            }
        });
    }

    @Test
    void theFilesThatNeedNoHelmAreWhatTheirSourcesSay() {
        assertThat(MadeFiles.withoutHelm())
                .allSatisfy((file, text) -> assertThat(file)
                        .as("run: mvn test-compile exec:exec@chart")
                        .hasContent(text));
        assertThat(Project.list(Project.CHART.resolve("files/crds"))).hasSameSizeAs(Project.list(Project.CRDS));
    }

    @Test
    void theChartHasTheVersionOfTheProject() {
        var pom = Pattern.compile("<artifactId>acme53</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Project.read(Project.ROOT.resolve("pom.xml")));
        assertThat(pom.find()).isTrue();
        assertThat(Project.read(Project.CHART.resolve("Chart.yaml")))
                .contains("\nversion: " + pom.group(1) + "\n", "\nappVersion: " + pom.group(1) + "\n");
    }
}
