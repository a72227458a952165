package dev.acme53.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.acme53.docs.Pages.Block;
import dev.acme53.docs.Pages.Link;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Commands and links of README and docs, as far as they can be tried without running them. `src/test/docs/run.sh` runs
/// those that are marked `run`, with `--long` those that are marked `long`, and with `--cluster`, as [GuideClusterIT]
/// has it, those that are marked `needs=cluster` and `needs=cert-manager`.
class PagesTest {
    private static final Set<String> MARKS =
            Set.of("run", "long", "needs=cluster", "needs=aws", "needs=cert-manager", "needs=registry", "example");
    private static final Set<String> OTHER_LANGUAGES = Set.of("yaml", "json", "java", "text");
    private static final Pattern COMMAND = Pattern.compile(
            "(?m)^ *(?:\\$ )?(?:mvn|java|acme53|kubectl|helm|docker|aws|eksctl|git|cmctl|src/\\S+) .*$");
    private static final Pattern FILE = Pattern.compile("(?<=[\\s@=])((?:helm|deploy|crds|docs|src)/[\\w./-]*)");
    private static final Pattern VALUE = Pattern.compile("--set(?:-string)? (?:['\"])?([\\w.\\\\/-]+)=");

    static Stream<Block> blocks() {
        return Pages.blocks();
    }

    static Stream<Link> links() {
        return Pages.links();
    }

    @Test
    void thereAreBlocksOfEachMark() {
        assertThat(blocks().map(Block::mark)).contains("run", "needs=cluster", "needs=aws");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void eachBlockSaysWhatItNeeds(Block block) {
        assertThat(block.mark()).isIn(MARKS);
    }

    @Test
    void noCommandEscapesAsAnIndentedBlock() {
        assertThat(Pages.indented(
                        "text\n\n    mvn verify\n\n- item\n\n  more of it\n      far in\n\n      helm list\n"))
                .containsExactly("mvn verify", "helm list");
        assertThat(Pages.all())
                .allSatisfy(page -> assertThat(Pages.indented(Pages.text(page)))
                        .as(page + " has indented blocks: fence them")
                        .isEmpty());
    }

    @Test
    void noCommandEscapesInABlockOfAnotherLanguage() {
        assertThat(Pages.all()).allSatisfy(page -> assertThat(Pages.text(page)).doesNotContain("~~~"));
        assertThat(Pages.fenced().filter(block -> !block.language().equals("sh")))
                .isNotEmpty()
                .allSatisfy(block -> {
                    assertThat(block.language()).isIn(OTHER_LANGUAGES);
                    assertThat(block.text()).doesNotContainPattern(COMMAND);
                });
    }

    @Test
    void anExampleNamesWhatHasToBeReplaced() {
        assertThat(blocks().filter(block -> block.mark().equals("example")))
                .allSatisfy(block -> assertThat(block.text()).contains("/path/to/"));
    }

    @Test
    void theScriptFindsEachBlock() throws IOException, InterruptedException {
        var script = new ProcessBuilder("bash", "src/test/docs/run.sh", "--list")
                .directory(Pages.BASE.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(said).isZero();
        assertThat(said.lines())
                .containsExactlyInAnyOrderElementsOf(blocks().map(block -> Pages.BASE.relativize(block.page()) + ": "
                                + block.mark() + ": "
                                + block.text().strip().lines().findFirst().orElse(""))
                        .toList());
    }

    @Test
    void theShellReadsEachBlock() throws IOException, InterruptedException {
        for (var block : blocks().toList()) {
            var shell =
                    new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
            try (var in = shell.getOutputStream()) {
                in.write(block.text().getBytes(StandardCharsets.UTF_8));
            }
            var said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor()).as(block + "\n" + said).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void filesThatABlockNamesAreThere(Block block) {
        assertThat(FILE.matcher(" " + block.text()).results().map(found -> found.group(1)))
                .allSatisfy(file -> assertThat(Pages.BASE.resolve(file)).exists());
    }

    @Test
    void valuesThatABlockSetsForOurChartAreValuesOfIt() throws IOException {
        var values = new YAMLMapper()
                .readTree(Pages.BASE.resolve("helm/acme53/values.yaml").toFile());
        var set = blocks().flatMap(
                        block -> Stream.of(block.text().replace("\\\n", " ").split("\n")))
                .filter(line -> line.contains("helm/acme53"))
                .flatMap(line -> VALUE.matcher(line).results())
                .map(found -> found.group(1))
                .toList();
        assertThat(set)
                .hasSizeGreaterThan(5)
                .allSatisfy(path -> assertThat(isValue(values, path)).as(path).isTrue());
    }

    /// Below an empty object anything goes.
    private static boolean isValue(JsonNode values, String path) {
        var node = values;
        for (var key : List.of(path.split("(?<!\\\\)\\."))) {
            if (node.isObject() && node.isEmpty()) {
                return true;
            }
            if (!node.has(key)) {
                return node.has("runAsNonRoot");
            }
            node = node.path(key);
        }
        return true;
    }

    @ParameterizedTest
    @MethodSource("links")
    void eachLinkLeadsSomewhere(Link link) {
        var parts = link.target().split("#", 2);
        var file = parts[0].isEmpty()
                ? link.page()
                : link.page().toAbsolutePath().getParent().resolve(parts[0]).normalize();
        assertThat(file).exists();
        if (parts.length == 2) {
            assertThat(Pages.anchors(file)).as(link.toString()).contains(parts[1]);
        }
    }

    @Test
    void theIndexNamesEachPage() throws IOException {
        var index = Pages.text(Pages.BASE.resolve("docs/README.md"));
        try (var files = Files.list(Pages.BASE.resolve("docs"))) {
            assertThat(files.map(Path::getFileName)
                            .map(Path::toString)
                            .filter(name -> name.endsWith(".md") && !name.equals("README.md")))
                    .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
        }
    }
}
