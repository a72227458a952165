package dev.acme53.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `src/main/image/compare.sh`, on archives of two layers.
class CompareTest {
    private static final String SCRIPT = Path.of(System.getProperty("basedir", ""))
            .resolve("src/main/image/compare.sh")
            .toAbsolutePath()
            .toString();

    @TempDir
    private Path folder;

    @Test
    void equalImagesAreTheSame() throws IOException {
        var outcome = compare(archive("one", "options", "cache", "root"), archive("other", "options", "cache", "root"));
        assertThat(outcome.output().lines())
                .containsExactly("same: app/java.options", "same: app/acme53.aot", "same: all else");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void theCacheMayDiffer() throws IOException {
        var outcome = compare(archive("one", "options", "cache", "root"), archive("other", "options", "new", "root"));
        assertThat(outcome.output()).contains("differs: app/acme53.aot");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void nothingElseMayDiffer() throws IOException {
        var one = archive("one", "options", "cache", "root");
        var options = compare(one, archive("other", "new", "cache", "root"));
        assertThat(options.output()).contains("differs: app/java.options", "same: all else");
        assertThat(options.code()).isOne();
        var user = compare(one, archive("third", "options", "cache", "10001"));
        assertThat(user.output()).contains("same: app/java.options", "differs: all else");
        assertThat(user.code()).isOne();
    }

    private Command.Outcome compare(Path one, Path other) {
        return run(SCRIPT, one.toString(), other.toString());
    }

    /// As `docker save` writes them: layers are named by the sum of their bytes.
    private Path archive(String name, String options, String cache, String user) throws IOException {
        var work = Files.createDirectory(folder.resolve(name));
        var layers = layer(work, "java.options", options) + "\",\"" + layer(work, "acme53.aot", cache);
        Files.writeString(work.resolve("manifest.json"), "[{\"Layers\":[\"" + layers + "\"]}]");
        Files.writeString(work.resolve("config.json"), "{\"config\":{\"User\":\"" + user + "\"}}");
        var archive = folder.resolve(name + ".tar");
        run("tar", "-cf", archive.toString(), "-C", work.toString(), ".").success();
        return archive;
    }

    private String layer(Path work, String file, String text) throws IOException {
        var content = Files.createDirectories(folder.resolve("layer/app")).resolve(file);
        Files.writeString(content, text);
        var name = Integer.toHexString(text.hashCode()) + ".tar.gz";
        run(
                        "tar",
                        "-czf",
                        work.resolve(name).toString(),
                        "-C",
                        folder.resolve("layer").toString(),
                        "app/" + file)
                .success();
        return name;
    }

    private static Command.Outcome run(String... command) {
        return Command.run(Path.of(""), Duration.ofSeconds(20), Map.of(), List.of(command));
    }
}
