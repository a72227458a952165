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
/// those that are marked `run`, [GuideClusterIT] these and those that are marked `needs=cluster`.
class PagesTest {
    private static final Set<String> MARKS =
            Set.of("run", "needs=cluster", "needs=aws", "needs=cert-manager", "example");
    private static final Pattern FILE = Pattern.compile("(?<=[\\s@=])((?:helm|deploy|crds|docs|src)/[\\w./-]*)");
    private static final Pattern VALUE = Pattern.compile("--set (?:['\"])?([\\w.\\\\/-]+)=");

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
