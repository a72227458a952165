package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.sim.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final AtomicInteger made = new AtomicInteger();
    private final Recent<String, Integer> recent = new Recent<>(3, clock);

    private int get(String key) {
        return recent.get(key, made::incrementAndGet);
    }

    @Test
    void theLeastRecentlyUsedGoesWhenThereAreTooMany() {
        get("a");
        get("b");
        get("c");
        assertThat(get("a")).isEqualTo(1);
        get("d");
        assertThat(get("a")).isEqualTo(1);
        assertThat(get("b")).isEqualTo(5);
    }

    @Test
    void aGroupThatHasTooManyLosesItsOwnOnly() {
        var grouped = new Recent<String, Integer>(100, 2, key -> key.substring(0, 1), clock);
        grouped.get("a1", made::incrementAndGet);
        grouped.get("b1", made::incrementAndGet);
        for (int i = 2; i < 50; i++) {
            grouped.get("b" + i, made::incrementAndGet);
        }
        var before = made.get();
        grouped.get("a1", made::incrementAndGet);
        grouped.get("b48", made::incrementAndGet);
        grouped.get("b49", made::incrementAndGet);
        assertThat(made.get()).isEqualTo(before);
        grouped.get("b47", made::incrementAndGet);
        assertThat(made.get()).isEqualTo(before + 1);
        grouped.get("b49", made::incrementAndGet);
        assertThat(made.get()).isEqualTo(before + 1);
    }

    @Test
    void whatNobodyUsedForTwoHoursGoes() {
        get("a");
        clock.advance(Duration.ofMinutes(119));
        get("b");
        clock.advance(Duration.ofMinutes(2));
        get("c");
        assertThat(get("a")).isEqualTo(4);
        assertThat(get("b")).isEqualTo(2);
    }

    @Test
    void somethingIsNewOnce() {
        assertThat(recent.add("x", 1)).isTrue();
        assertThat(recent.add("x", 1)).isFalse();
    }
}
