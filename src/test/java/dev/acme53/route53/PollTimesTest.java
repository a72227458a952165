package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollTimesTest {
    private final PollTimes times = new PollTimes();

    /// The ages at which a change is asked for until it is `inSync` old.
    private List<Long> asked(Duration inSync) {
        var ages = new ArrayList<Long>();
        var age = Duration.ZERO;
        while (age.compareTo(inSync) < 0) {
            age = age.plus(times.after(age));
            ages.add(age.toSeconds());
        }
        return ages;
    }

    @Test
    void atFirstEveryFourSeconds() {
        assertThat(asked(Duration.ofSeconds(20))).containsExactly(3L, 7L, 11L, 15L, 19L, 23L);
    }

    @Test
    void onceSeenTheUsualTimeIsWaitedFor() {
        times.saw(Duration.ofSeconds(20));
        assertThat(asked(Duration.ofSeconds(20))).containsExactly(10L, 18L, 20L);
        assertThat(asked(Duration.ofSeconds(30))).containsExactly(10L, 18L, 20L, 22L, 24L, 26L, 28L, 30L);
    }

    @Test
    void theUsualTimeFollowsWhatIsSeen() {
        times.saw(Duration.ofSeconds(60));
        for (var i = 0; i < 20; i++) {
            times.saw(Duration.ofSeconds(20));
        }
        assertThat(asked(Duration.ofSeconds(20))).startsWith(10L, 18L).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void oneThatTookFarLongerHardlyDelaysTheNotingOfThoseAfterIt() {
        times.saw(Duration.ofSeconds(20));
        times.saw(Duration.ofMinutes(45));
        assertThat(asked(Duration.ofSeconds(20)).getLast()).isLessThanOrEqualTo(24);
        var fresh = new PollTimes();
        fresh.saw(Duration.ofMinutes(45));
        assertThat(fresh.after(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void fromTheQuickestItFollowsToTheSlowest() {
        times.saw(Duration.ZERO);
        for (var i = 0; i < 20; i++) {
            times.saw(Duration.ofSeconds(60));
        }
        assertThat(asked(Duration.ofSeconds(60))).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void neitherTooOftenNorForgottenWhateverWasSeen() {
        for (var seen : List.of(Duration.ZERO, Duration.ofMillis(100), Duration.ofMinutes(30))) {
            var learned = new PollTimes();
            learned.saw(seen);
            for (var seconds = 0; seconds < 4000; seconds++) {
                assertThat(learned.after(Duration.ofSeconds(seconds)))
                        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
            }
        }
    }

    @Test
    void whatIsNearlyAsOldAsTheUsualTimeIsRipe() {
        assertThat(times.isRipe(Duration.ofMinutes(1))).isFalse();
        times.saw(Duration.ofSeconds(20));
        assertThat(times.isRipe(Duration.ofMillis(17_999))).isFalse();
        assertThat(times.isRipe(Duration.ofSeconds(18))).isTrue();
    }

    @Test
    void afterTwoMinutesEveryHalfMinute() {
        times.saw(Duration.ofSeconds(20));
        assertThat(times.after(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(30));
    }
}
