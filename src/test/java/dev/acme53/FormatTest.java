package dev.acme53;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FormatTest {
    @Test
    void everySourceFileIsFormatted() throws Exception {
        assertThat(Format.unformatted(Path.of("src")))
                .as("run: mvn test-compile exec:exec@format")
                .isEmpty();
    }
}
