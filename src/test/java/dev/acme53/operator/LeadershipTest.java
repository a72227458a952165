package dev.acme53.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.operator.flags.Settings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void withoutElectionThisInstanceActsAndIsHealthy() {
        var leadership = leadership(false);
        assertThat(leadership.isLeading()).isTrue();
        nanos.set(Duration.ofDays(1).toNanos());
        assertThat(leadership.unhealthy()).isEmpty();
    }

    @Test
    void aStandByIsHealthyHoweverLongItWaits() {
        var leadership = leadership(true);
        assertThat(leadership.isLeading()).isFalse();
        nanos.set(Duration.ofDays(1).toNanos());
        assertThat(leadership.unhealthy()).isEmpty();
    }

    @Test
    void aHolderThatDidNotRenewIsUnhealthyOnceTheLeaseAndTheTimeoutAreOver() {
        var leadership = leadership(true);
        leadership.lead();
        nanos.set(Duration.ofSeconds(50).toNanos());
        leadership.renewed();
        nanos.addAndGet(Duration.ofSeconds(80).toNanos());
        assertThat(leadership.unhealthy()).isEmpty();
        nanos.addAndGet(1);
        assertThat(leadership.unhealthy()).contains("the Lease was not renewed for 80 s");
    }

    private Leadership leadership(boolean enabled) {
        return new Leadership(
                new Settings.LeaderElection(
                        enabled,
                        "lease",
                        "ns",
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(20)),
                "host",
                nanos::get,
                () -> {});
    }
}
