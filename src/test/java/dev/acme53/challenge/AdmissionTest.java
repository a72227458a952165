package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final ResourceID A = new ResourceID("a", "ns");
    private static final ResourceID B = new ResourceID("b", "ns");
    private static final ResourceID C = new ResourceID("c", "ns");
    private final ArrayList<ResourceID> woken = new ArrayList<>();
    private final Admission admission = new Admission(1);

    {
        admission.wakeBy(woken::add);
    }

    @Test
    void theOldestThatWaitsIsNext() {
        assertThat(admission.admit(A, Instant.ofEpochSecond(1), Set.of())).isTrue();
        assertThat(admission.admit(C, Instant.ofEpochSecond(3), Set.of())).isFalse();
        assertThat(admission.admit(B, Instant.ofEpochSecond(2), Set.of())).isFalse();
        admission.release(A);
        assertThat(woken).containsExactly(B);
        assertThat(admission.admit(B, Instant.ofEpochSecond(2), Set.of())).isTrue();
    }

    @Test
    void whoAsksFirstWaitsForWhoIsOlder() {
        admission.admit(A, Instant.ofEpochSecond(1), Set.of());
        admission.admit(B, Instant.ofEpochSecond(2), Set.of());
        admission.admit(C, Instant.ofEpochSecond(3), Set.of());
        admission.release(A);
        assertThat(admission.admit(C, Instant.ofEpochSecond(3), Set.of())).isFalse();
        assertThat(admission.admit(B, Instant.ofEpochSecond(2), Set.of())).isTrue();
    }

    @Test
    void aPlaceGivenBackIsFreeAlthoughAStaleCacheStillShowsItTaken() {
        admission.admit(A, Instant.ofEpochSecond(1), Set.of());
        admission.admit(B, Instant.ofEpochSecond(2), Set.of(A));
        admission.release(A);
        assertThat(admission.admit(B, Instant.ofEpochSecond(2), Set.of(A))).isTrue();
    }

    @Test
    void whoGivesItsTurnAwayLetsTheNextGo() {
        admission.admit(A, Instant.ofEpochSecond(1), Set.of());
        admission.admit(B, Instant.ofEpochSecond(2), Set.of());
        admission.admit(C, Instant.ofEpochSecond(3), Set.of());
        admission.release(A);
        admission.release(B);
        assertThat(woken).containsExactly(B, C);
        assertThat(admission.admit(C, Instant.ofEpochSecond(3), Set.of())).isTrue();
    }

    @Test
    void whatAnotherProcessStartedTakesItsPlaceAndGoesOn() {
        assertThat(admission.admit(A, Instant.EPOCH, Set.of(B))).isFalse();
        assertThat(admission.admit(B, Instant.EPOCH, Set.of(B))).isTrue();
    }

    @Test
    void askingTwiceTakesOnePlace() {
        assertThat(admission.admit(A, Instant.EPOCH, Set.of())).isTrue();
        assertThat(admission.admit(A, Instant.EPOCH, Set.of())).isTrue();
        admission.release(A);
        assertThat(admission.admit(B, Instant.EPOCH, Set.of())).isTrue();
    }

    @Test
    void whoWaitsForItsNextTryKeepsNobodyElseWaiting() {
        admission.admit(A, Instant.ofEpochSecond(1), Set.of());
        admission.admit(B, Instant.ofEpochSecond(2), Set.of(A));
        admission.park(A);
        assertThat(woken).containsExactly(B);
        assertThat(admission.admit(B, Instant.ofEpochSecond(2), Set.of(A))).isTrue();
    }

    @Test
    void whoNeverHadATurnGoesBeforeWhoComesBack() {
        admission.admit(A, Instant.ofEpochSecond(1), Set.of());
        admission.park(A);
        admission.admit(B, Instant.ofEpochSecond(2), Set.of(A));
        assertThat(admission.admit(A, Instant.ofEpochSecond(3), Set.of(A, B))).isFalse();
        assertThat(admission.admit(C, Instant.ofEpochSecond(4), Set.of(A, B))).isFalse();
        admission.release(B);
        assertThat(admission.admit(A, Instant.ofEpochSecond(3), Set.of(A))).isFalse();
        assertThat(admission.admit(C, Instant.ofEpochSecond(4), Set.of(A))).isTrue();
    }

    @Test
    void ofThoseThatComeBackTheLongestDueIsNext() {
        for (var broken : List.of(A, B)) {
            admission.admit(broken, Instant.EPOCH, Set.of());
            admission.park(broken);
        }
        admission.admit(C, Instant.EPOCH, Set.of(A, B));
        admission.admit(A, Instant.ofEpochSecond(9), Set.of(A, B, C));
        admission.admit(B, Instant.ofEpochSecond(8), Set.of(A, B, C));
        admission.release(C);
        assertThat(woken).containsExactly(B);
        assertThat(admission.admit(A, Instant.ofEpochSecond(9), Set.of(A, B))).isFalse();
        assertThat(admission.admit(B, Instant.ofEpochSecond(8), Set.of(A, B))).isTrue();
    }

    @Test
    void whoComesBackCountsAgain() {
        admission.admit(A, Instant.EPOCH, Set.of());
        admission.park(A);
        assertThat(admission.admit(A, Instant.EPOCH, Set.of(A))).isTrue();
        assertThat(admission.admit(B, Instant.EPOCH, Set.of(A))).isFalse();
    }

    @Test
    void whoLeavesTheQueueDoesNotHoldItUp() {
        admission.admit(A, Instant.ofEpochSecond(1), Set.of());
        admission.admit(B, Instant.ofEpochSecond(2), Set.of());
        admission.admit(C, Instant.ofEpochSecond(3), Set.of());
        admission.withdraw(B);
        admission.release(A);
        assertThat(woken).containsExactly(C);
    }

    @Test
    void theNamespaceWithFewestAtWorkIsNext() {
        var two = new Admission(2);
        two.wakeBy(woken::add);
        var other = new ResourceID("late", "other");
        two.admit(A, Instant.ofEpochSecond(1), Set.of());
        two.admit(B, Instant.ofEpochSecond(2), Set.of());
        assertThat(two.admit(C, Instant.ofEpochSecond(3), Set.of())).isFalse();
        assertThat(two.admit(other, Instant.ofEpochSecond(9), Set.of())).isFalse();
        two.release(A);
        assertThat(woken).containsExactly(other);
        assertThat(two.admit(C, Instant.ofEpochSecond(3), Set.of())).isFalse();
        assertThat(two.admit(other, Instant.ofEpochSecond(9), Set.of())).isTrue();
        two.release(B);
        assertThat(two.admit(C, Instant.ofEpochSecond(3), Set.of())).isTrue();
    }

    @Test
    void theLastTenthOfThePlacesIsNotForANamespaceThatHasAllTheOthers() {
        var twenty = new Admission(20);
        var admitted = IntStream.range(0, 30)
                .filter(n -> twenty.admit(new ResourceID("n" + n, "many"), Instant.ofEpochSecond(n), Set.of()))
                .count();
        assertThat(admitted).isEqualTo(18);
        assertThat(twenty.admit(new ResourceID("a", "one"), Instant.MAX, Set.of()))
                .isTrue();
        assertThat(twenty.admit(new ResourceID("b", "one"), Instant.MAX, Set.of()))
                .isTrue();
        assertThat(twenty.admit(new ResourceID("c", "one"), Instant.MAX, Set.of()))
                .isFalse();
    }
}
