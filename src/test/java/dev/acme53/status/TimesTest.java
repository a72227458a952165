package dev.acme53.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "PT-5S,0 s",
        "PT0S,0 s",
        "PT119.9S,119 s",
        "PT2M,2 min",
        "PT119M,119 min",
        "PT2H,2 h",
        "PT47H,47 h",
        "P2D,2 d",
        "P1500D,'1,500 d'"
    })
    void aTimeIsToldInOneUnit(Duration time, String words) {
        assertThat(Times.between(Instant.EPOCH, Instant.EPOCH.plus(time))).isEqualTo(words);
    }

    @Test
    void numbersAreTheSameWhateverTheMachineSpeaks() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Times.rate(3.64)).isEqualTo("3.6");
            assertThat(Times.count(12_345, "record")).isEqualTo("12,345 records");
            assertThat(Times.count(1, "record")).isEqualTo("1 record");
        } finally {
            Locale.setDefault(before);
        }
    }
}
