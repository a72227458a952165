package dev.acme53.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ImageFilesTest {
    @Test
    void theHeapOfTheImageIsAShareOfTheContainersMemory() throws IOException {
        var outside = Files.readString(
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("src/main/image/jvm.options"));
        assertThat(ImageFiles.inContainer(outside).lines())
                .contains("-XX:MaxRAMPercentage=25", "-XX:+ExitOnOutOfMemoryError")
                .noneMatch(line -> line.startsWith("-Xmx"));
    }
}
