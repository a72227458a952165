package dev.acme53.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ImageFilesTest {
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
    void theHeapOfTheImageIsAShareOfTheContainersMemory() throws IOException {
        var outside = Files.readString(
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("src/main/image/jvm.options"));
        assertThat(ImageFiles.inContainer(outside).lines())
                .contains("-XX:MaxRAMPercentage=25", "-XX:MinRAMPercentage=25", "-XX:+ExitOnOutOfMemoryError")
                .noneMatch(line -> line.startsWith("-Xmx"));
    }
}
