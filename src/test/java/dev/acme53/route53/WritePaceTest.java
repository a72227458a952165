package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritePaceTest {
    private static final double RATE = 5;

    private final WritePace pace = new WritePace(10);

    private void changed(String share, int times) {
        for (var i = 0; i < times; i++) {
            pace.changed(share);
        }
    }

    private void pass(double seconds) {
        for (var step = 0; step < 10; step++) {
            pace.passed(seconds / 10 * RATE, RATE);
        }
    }

    private double lead(String share) {
        return pace.lead(share, RATE).toMillis() / 1000.0;
    }

    /// Of five requests a second two are for changes.
    @ParameterizedTest
    @CsvSource({"1, 0", "10, 0", "11, 0.5", "14, 2", "20, 5", "30, 10", "500, 10"})
    void aShareThatMadeMoreThanABurstLeadsByWhatTheirPartOfTheRateTakes(int changes, double lead) {
        changed("me", changes);
        assertThat(lead("me")).isEqualTo(lead);
    }

    @Test
    void itLeadsNoMoreAfterThatTimeAndOfAnyNumberAfterTheLongest() {
        changed("me", 14);
        pass(1);
        assertThat(lead("me")).isBetween(0.99, 1.01);
        pass(1.01);
        assertThat(lead("me")).isZero();
        changed("me", 500);
        pass(10.01);
        assertThat(lead("me")).isZero();
    }

    @Test
    void whoMakesChangesAtTheirPartOfTheRateNeverLeads() {
        for (var second = 0; second < 100; second++) {
            changed("me", 2);
            assertThat(lead("me")).isZero();
            pass(1);
        }
    }

    @Test
    void aShareDoesNotWaitForTheLeadOfAnotherButTheyPayTogether() {
        changed("many", 14);
        changed("one", 1);
        assertThat(lead("one")).isZero();
        changed("other", 14);
        pass(0.3);
        assertThat(lead("many")).isEqualTo(lead("other")).isBetween(1.89, 1.91);
    }

    @Test
    void atALowerRateTheSameLeadTakesLonger() {
        changed("me", 12);
        assertThat(pace.lead("me", RATE / 2)).isEqualTo(Duration.ofSeconds(2));
    }
}
