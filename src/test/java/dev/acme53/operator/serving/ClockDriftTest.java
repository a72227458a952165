package dev.acme53.operator.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockDriftTest {
    @ParameterizedTest
    @CsvSource({"PT1H,PT1H,true", "PT1H,PT56M,true", "PT1H,PT54M,false", "PT1M,PT7M,false", "-PT6M,PT0S,false"})
    void moreThanFiveMinutesBetweenTheClocksIsTooMuch(Duration wall, Duration monotonic, boolean fine) {
        var now = new AtomicReference<>(Instant.EPOCH);
        var nanos = new AtomicLong();
        var drift = new ClockDrift(now::get, nanos::get);
        now.set(Instant.EPOCH.plus(wall));
        nanos.set(monotonic.toNanos());
        assertThat(drift.complaint().isEmpty()).isEqualTo(fine);
    }
}
