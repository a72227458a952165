package dev.acme53.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
    private static final Path OPTIONS =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("src/main/image/jvm.options");

    @Test
    void aRuntimeForAnotherPlatformIsMadeOfItsModulesAndNotStrippedByThisOnesTools() {
        assertThat(new JavaRuntime("/arm64/jmods").options(Path.of("/out")))
                .containsSequence("--module-path", "/arm64/jmods")
                .contains("--strip-java-debug-attributes", "--exclude-files=**.debuginfo")
                .doesNotContain("--strip-debug")
                .endsWith("--output", "/out");
        assertThat(new JavaRuntime("").options(Path.of("/out")))
                .contains("--strip-debug")
                .doesNotContain("--module-path");
    }

    @Test
    void aCacheIsNotMadeForAnotherPlatform() {
        assertThatThrownBy(() -> ImageFiles.main(new String[] {"debian", "true", "/arm64/jmods"}))
                .hasMessageContaining("-Dimage.aot=false");
    }

    @Test
    void aToolRunsByAFileOfOptionsThatEndsWithTheProgram() {
        assertThat(ImageFiles.tool("-cp /app/one.jar\n").lines())
                .contains("-Xmx32m", "-cp /app/one.jar")
                .endsWith("dev.acme53.Acme53");
    }

    @Test
    void theHeapOfTheImageIsAShareOfTheContainersMemory() throws IOException {
        assertThat(ImageFiles.inContainer(Files.readString(OPTIONS)).lines())
                .contains("-XX:MaxRAMPercentage=25", "-XX:MinRAMPercentage=25", "-XX:+ExitOnOutOfMemoryError")
                .noneMatch(line -> line.startsWith("-Xmx"));
    }

    @Test
    void aHeapThatIsFullEndsTheProcessHoweverTheProgramTakesIt(@TempDir Path folder)
            throws IOException, InterruptedException, URISyntaxException {
        var options =
                Files.writeString(folder.resolve("jvm.options"), ImageFiles.inContainer(Files.readString(OPTIONS)));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + options,
                        "-Xmx24m", // a quarter of the container's memory would take its time to fill
                        "-cp",
                        Path.of(FullHeap.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        FullHeap.class.getName())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(3);
        assertThat(said).contains("java.lang.OutOfMemoryError").doesNotContain(FullHeap.GOES_ON);
    }
}
