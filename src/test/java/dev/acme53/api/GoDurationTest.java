package dev.acme53.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @CsvSource({
        "2160h,        PT2160H,      2160h0m0s",
        "2160h0m0s,    PT2160H,      2160h0m0s",
        "1h30m,        PT1H30M,      1h30m0s",
        "1.5h,         PT1H30M,      1h30m0s",
        "90s,          PT1M30S,      1m30s",
        "1m0.5s,       PT1M0.5S,     1m0.5s",
        ".5s,          PT0.5S,       500ms",
        "1.s,          PT1S,         1s",
        "300ms,        PT0.3S,       300ms",
        "1.5ms,        PT0.0015S,    1.5ms",
        "2us,          PT0.000002S,  2µs",
        "2µs,          PT0.000002S,  2µs",
        "2μs,          PT0.000002S,  2µs",
        "7ns,          PT0.000000007S, 7ns",
        "0,            PT0S,         0s",
        "-0,           PT0S,         0s",
        "0h0m,         PT0S,         0s",
        "-1.5h,        PT-1H-30M,    -1h30m0s",
        "+5m,          PT5M,         5m0s",
        "1s1h,         PT1H1S,       1h0m1s",
        "1.0000000009s, PT1S,        1s",
        "2562047h47m16.854775807s,  PT2562047H47M16.854775807S, 2562047h47m16.854775807s",
        "-2562047h47m16.854775808s, PT-2562047H-47M-16.854775808S, -2562047h47m16.854775808s",
    })
    void aDurationIsReadAndWrittenAsGoDoes(String text, Duration duration, String canonical) {
        assertThat(GoDuration.parse(text)).contains(duration);
        assertThat(GoDuration.format(duration)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "90",
                "90d",
                "1 h",
                "h",
                ".s",
                "-",
                "+",
                "1h-1m",
                "--1h",
                "1H",
                "P1D",
                "1.5.5h",
                "1hm",
                "1h 1m",
                "1e3s",
                "2562047h47m16.854775808s",
                "99999999999999999999h"
            })
    void whatGoDoesNotReadIsNoDuration(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1h", "a", "1", "1.", "h1"})
    void aLongHostileTextIsAnsweredAtOnce(String part) {
        assertThat(GoDuration.parse(part.repeat(1_000_000))).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theCanonicalFormReadsAsTheSameDuration(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        // all magnitudes, from nanoseconds to centuries
        var duration = Duration.ofNanos(random.nextLong() >> random.nextInt(63));
        assertThat(GoDuration.parse(GoDuration.format(duration))).contains(duration);
    }
}
