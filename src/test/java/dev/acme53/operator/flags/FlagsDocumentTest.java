package dev.acme53.operator.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class FlagsDocumentTest {
    @Test
    void theTablesOfTheDocumentAreTheFlags() throws Exception {
        var text = Files.readString(FlagsDocument.FILE);
        assertThat(text)
                .as("run: mvn test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass="
                        + FlagsDocument.class.getName())
                .isEqualTo(FlagsDocument.rewritten(text));
    }

    @Test
    void everyFeatureGateIsInTheDocument() throws Exception {
        assertThat(Files.readString(FlagsDocument.FILE))
                .contains(FeatureGates.KNOWN.stream()
                        .map(gate -> "`" + gate + "`")
                        .toList());
    }
}
