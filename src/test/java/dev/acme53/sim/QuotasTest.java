package dev.acme53.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final SimulatorSettings settings =
            SimulatorSettings.defaults().clock(clock).quotas(Quotas.Limits.aws());
    private final Quotas quotas = new Quotas(settings);

    @Test
    void fiftyCallsPassAtOnceAndThenTenASecond() {
        assertThat(passing("1", Operation.GET_CHANGE, 60)).isEqualTo(50);
        clock.advance(Duration.ofSeconds(1));
        assertThat(passing("1", Operation.GET_CHANGE, 60)).isEqualTo(10);
        clock.advance(Duration.ofHours(1));
        assertThat(passing("1", Operation.GET_CHANGE, 60)).isEqualTo(50);
    }

    @Test
    void operationsShareTheirAccountsBucket() {
        assertThat(passing("1", Operation.GET_CHANGE, 30)).isEqualTo(30);
        assertThat(passing("1", Operation.LIST_HOSTED_ZONES_BY_NAME, 30)).isEqualTo(20);
    }

    @Test
    void anAccountHasItsOwnBuckets() {
        assertThat(passing("1", Operation.GET_CHANGE, 60)).isEqualTo(50);
        assertThat(passing("2", Operation.GET_CHANGE, 60)).isEqualTo(50);
    }

    @Test
    void aBatchLargerThanTheChangeBucketNeverPasses() {
        settings.quotas(Quotas.Limits.none().withChanges(100, 10));
        assertThat(passes("1", Operation.CHANGE_RESOURCE_RECORD_SETS, 101)).isFalse();
        clock.advance(Duration.ofHours(1));
        assertThat(passes("1", Operation.CHANGE_RESOURCE_RECORD_SETS, 101)).isFalse();
        assertThat(passes("1", Operation.CHANGE_RESOURCE_RECORD_SETS, 100)).isTrue();
    }

    private int passing(String account, Operation operation, int calls) {
        int passed = 0;
        for (int i = 0; i < calls; i++) {
            passed += passes(account, operation, 0) ? 1 : 0;
        }
        return passed;
    }

    private boolean passes(String account, Operation operation, int changes) {
        try {
            quotas.take(account, operation, changes);
            return true;
        } catch (Refusal refusal) {
            assertThat(refusal.code()).isEqualTo("Throttling");
            return false;
        }
    }
}
