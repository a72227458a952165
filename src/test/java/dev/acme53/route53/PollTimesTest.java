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

    /// A change becomes `inSync` and is watched until it has.
    private List<Long> watched(Duration inSync) {
        var ages = asked(inSync);
        var pending = ages.size() < 2 ? 0 : ages.get(ages.size() - 2);
        see(times, Duration.ofSeconds(pending), Duration.ofSeconds(ages.getLast()));
        return ages;
    }

    /// The answer came at once.
    private static void see(PollTimes times, Duration pending, Duration inSync) {
        times.saw(pending, inSync, inSync);
    }

    private void saw(Duration taken) {
        see(times, taken.minusSeconds(1), taken.plusSeconds(1));
    }

    @Test
    void onceSeenTheUsualTimeIsWaitedFor() {
        saw(Duration.ofSeconds(20));
        assertThat(asked(Duration.ofSeconds(20))).containsExactly(10L, 20L);
        assertThat(asked(Duration.ofSeconds(30))).containsExactly(10L, 20L, 22L, 24L, 26L, 28L, 30L);
    }

    @Test
    void changesThatTakeTheSameTimeAreAskedForOnceThen() {
        var looks = 0L;
        for (var i = 0; i < 30; i++) {
            looks += watched(Duration.ofSeconds(20)).stream()
                    .filter(age -> age > 10)
                    .count();
        }
        assertThat(looks).isLessThan(5 + 29 + 12);
    }

    @Test
    void changesWhoseTimesAreFarApartAreAskedForEarlier() {
        for (var i = 0; i < 20; i++) {
            saw(Duration.ofSeconds(i % 2 == 0 ? 20 : 40));
        }
        assertThat(asked(Duration.ofSeconds(40)).get(1)).isBetween(15L, 26L);
    }

    @Test
    void theUsualTimeFollowsWhatIsSeen() {
        saw(Duration.ofSeconds(60));
        for (var i = 0; i < 20; i++) {
            watched(Duration.ofSeconds(20));
        }
        assertThat(asked(Duration.ofSeconds(20)).getLast()).isLessThanOrEqualTo(22);
        assertThat(asked(Duration.ofSeconds(20))).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void oneThatTookFarLongerHardlyDelaysTheNotingOfThoseAfterIt() {
        saw(Duration.ofSeconds(20));
        saw(Duration.ofMinutes(45));
        assertThat(asked(Duration.ofSeconds(20)).getLast()).isLessThanOrEqualTo(24);
        var fresh = new PollTimes();
        see(fresh, Duration.ofMinutes(44), Duration.ofMinutes(45));
        assertThat(fresh.after(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatWasWaitedForTheBudgetDoesNotCountAsTimeThatChangesTake() {
        saw(Duration.ofSeconds(20));
        for (var i = 0; i < 10; i++) {
            times.saw(Duration.ofSeconds(10), Duration.ofMillis(20_500), Duration.ofSeconds(80));
            times.saw(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(80));
        }
        assertThat(asked(Duration.ofSeconds(20)).getLast()).isLessThanOrEqualTo(22);
    }

    @Test
    void fromTheQuickestItFollowsToTheSlowest() {
        see(times, Duration.ZERO, Duration.ZERO);
        for (var i = 0; i < 20; i++) {
            saw(Duration.ofSeconds(60));
        }
        assertThat(asked(Duration.ofSeconds(60))).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void neitherTooOftenNorForgottenWhateverWasSeen() {
        for (var seen : List.of(Duration.ZERO, Duration.ofMillis(100), Duration.ofMinutes(30))) {
            var learned = new PollTimes();
            see(learned, Duration.ZERO, seen);
            for (var seconds = 0; seconds < 4000; seconds++) {
                assertThat(learned.after(Duration.ofSeconds(seconds)))
                        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
            }
        }
    }

    @Test
    void whatIsAsOldAsTheUsualTimeIsRipe() {
        assertThat(times.isRipe(Duration.ofMinutes(1))).isFalse();
        saw(Duration.ofSeconds(20));
        assertThat(times.isRipe(Duration.ofMillis(20_499))).isFalse();
        assertThat(times.isRipe(Duration.ofMillis(20_500))).isTrue();
    }

    @Test
    void afterTwoMinutesEveryHalfMinute() {
        saw(Duration.ofSeconds(20));
        assertThat(times.after(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(30));
    }
}
