package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {
    private final Retries retries = new Retries(Duration.ofSeconds(5), Duration.ofMinutes(30), new SplittableRandom(1));

    @ParameterizedTest
    @CsvSource({"1,PT5S", "2,PT10S", "3,PT20S", "9,PT21M20S", "10,PT30M", "1000000,PT30M"})
    void theDelayDoublesUpToTheCap(int failed, Duration delay) {
        assertThat(retries.delay(failed)).isEqualTo(delay);
    }

    @Test
    void eachObjectCountsItsOwnFailures() {
        var a = new ResourceID("a");
        var b = new ResourceID("b");
        assertThat(retries.next(a)).isBetween(Duration.ofMillis(4500), Duration.ofMillis(5500));
        assertThat(retries.next(a)).isBetween(Duration.ofMillis(9000), Duration.ofMillis(11000));
        assertThat(retries.next(b)).isBetween(Duration.ofMillis(4500), Duration.ofMillis(5500));
        retries.reset(a);
        assertThat(retries.next(a)).isLessThan(Duration.ofSeconds(6));
    }
}
