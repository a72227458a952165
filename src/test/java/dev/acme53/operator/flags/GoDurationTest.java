package dev.acme53.operator.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0,PT0S",
        "1h30m,PT1H30M",
        "90s,PT1M30S",
        "1.5s,PT1.5S",
        ".5m,PT30S",
        "1.h,PT1H",
        "300ms,PT0.3S",
        "10us,PT0.00001S",
        "10µs,PT0.00001S",
        "5ns,PT0.000000005S",
        "-2m,PT-2M",
        "+2m,PT2M",
        "1s1s,PT2S"
    })
    void whatGoReadsIsRead(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1d", "s", "1 s", "1h-2m", "PT1H", "1e3s", ".s", "300000h1y", "9999999999h"})
    void whatGoRefusesIsRefused(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}
