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
        changed(share, "tenant", times);
    }

    private void changed(String share, String tenant, int times) {
        for (var i = 0; i < times; i++) {
            pace.changed(share);
            pace.tookPart(share, tenant);
        }
    }

    private void pass(double seconds) {
        for (var step = 0; step < 10; step++) {
            pace.passed(seconds / 10 * RATE, RATE);
        }
    }

    private double lead(String share) {
        return lead(share, "tenant");
    }

    private double lead(String share, String tenant) {
        return pace.lead(share, tenant, RATE).toMillis() / 1000.0;
    }

    /// Of five requests a second two are for changes.
    @ParameterizedTest
    @CsvSource({"1, 0", "10, 0", "11, 0.5", "14, 2", "20, 5", "30, 10", "500, 10"})
    void aShareThatMadeMoreThanABurstLeadsByWhatTheirPartOfTheRateTakes(int changes, double lead) {
        changed("me", changes);
        assertThat(lead("me")).isEqualTo(lead);
    }

    /// Of a share that one tenant has made so many changes of, another so many.
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0, 0", "0, 12, 0, 1",
        "0, 20, 0, 1.5", "1, 30, 0, 1.5",
        "5, 500, 0, 1.5", "6, 500, 0, 10",
        "11, 500, 0, 10", "7, 500, 1, 1.5",
        "11, 30, 1, 9", "30, 30, 0, 10"
    })
    void aTenantThatIsNotAheadItselfWaitsALittleForThoseWhoAre(int its, int others, double after, double lead) {
        changed("me", "it", its);
        changed("me", "other", others);
        pass(after);
        assertThat(lead("me", "it")).isEqualTo(lead);
    }

    @Test
    void manyTenantsWithAChangeEachWaitAsOneWithMany() {
        for (var tenant = 0; tenant < 1000; tenant++) {
            changed("me", "tenant " + tenant, 1);
        }
        assertThat(lead("me", "tenant 7")).isEqualTo(10);
        assertThat(lead("me", "another")).isEqualTo(1.5);
    }

    @Test
    void aChangeThatManyTenantsHavePartInIsOneAndIsEachOnes() {
        for (var i = 0; i < 20; i++) {
            pace.changed("me");
            pace.tookPart("me", "some");
            pace.tookPart("me", "others");
        }
        assertThat(lead("me", "some")).isEqualTo(5);
        assertThat(lead("me", "others")).isEqualTo(5);
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
        assertThat(pace.lead("me", "tenant", RATE / 2)).isEqualTo(Duration.ofSeconds(2));
    }
}
