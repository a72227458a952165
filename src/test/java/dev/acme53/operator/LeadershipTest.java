package dev.acme53.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.operator.flags.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadershipTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger lost = new AtomicInteger();
    private final LeaseInMemory store = new LeaseInMemory();

    @Test
    void withoutElectionThisInstanceActsAndIsHealthy() {
        var leadership = leadership("one", false, DEADLINE, Instant.EPOCH);
        assertThat(leadership.isLeading()).isTrue();
        pass(Duration.ofDays(1));
        assertThat(leadership.unhealthy()).isEmpty();
        assertThat(leadership.unready()).isEmpty();
        leadership.release();
        assertThat(store.read()).isEmpty();
    }

    @Test
    void whereThereIsNoLeaseItIsMadeAndWorkBegins() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var leadership = leadership("one");
        leadership.onLead(begun::countDown);
        assertThat(leadership.turn()).isEqualTo(RETRY);
        assertThat(leadership.isLeading()).isTrue();
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(store.holder()).isEqualTo("one");
        assertThat(store.lease().getSpec().getLeaseDurationSeconds()).isEqualTo(15);
        assertThat(store.lease().getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "cert-manager");
    }

    @Test
    void aDeadHoldersLeaseIsTakenWhenItWasSeenUnchangedForItsTimeAndNotBefore() {
        var one = leadership("one");
        // an hour ahead of the holder: what counts is one's own clock
        var two = leadership("two", true, DEADLINE, Instant.EPOCH.plusSeconds(3600));
        one.turn();
        assertThat(two.turn()).isEqualTo(RETRY);
        pass(LEASE.minusSeconds(1));
        assertThat(two.turn()).isEqualTo(Duration.ofSeconds(1));
        assertThat(two.isLeading()).isFalse();
        pass(Duration.ofSeconds(1));
        two.turn();
        assertThat(two.isLeading()).isTrue();
        assertThat(store.holder()).isEqualTo("two");
        assertThat(store.lease().getSpec().getLeaseTransitions()).isEqualTo(1);
        assertThat(store.lease().getSpec().getAcquireTime()).isEqualTo("1970-01-01T01:00:00Z");
    }

    @Test
    void aLeaseThatIsRenewedIsNeverTaken() {
        var one = leadership("one");
        var two = leadership("two");
        for (var second = 0; second < 120; second += 2) {
            one.turn();
            two.turn();
            pass(RETRY);
        }
        assertThat(two.isLeading()).isFalse();
        assertThat(one.isLeading()).isTrue();
        assertThat(lost).hasValue(0);
    }

    /// Cert-manager's says 60 s and is renewed every 15.
    @Test
    void aHolderThatAskedForMoreTimeGetsIt() {
        store.set("peer", 60);
        var leadership = leadership("one");
        leadership.turn();
        pass(Duration.ofSeconds(59));
        assertThat(leadership.turn()).isEqualTo(Duration.ofSeconds(1));
        assertThat(leadership.isLeading()).isFalse();
        pass(Duration.ofSeconds(1));
        leadership.turn();
        assertThat(leadership.isLeading()).isTrue();
    }

    @Test
    void whatWasReleasedIsTakenAtOnce() {
        var one = leadership("one");
        var two = leadership("two");
        one.turn();
        two.turn();
        one.release();
        assertThat(store.holder()).isEmpty();
        two.turn();
        assertThat(two.isLeading()).isTrue();
        // too late, and no harm
        one.release();
        assertThat(store.holder()).isEqualTo("two");
    }

    @Test
    void aLeaseThatSomebodyTouchedMeanwhileIsStillReleased() {
        var leadership = leadership("one");
        leadership.turn();
        store.set("one", 15);
        leadership.release();
        assertThat(store.holder()).isEmpty();
    }

    @Test
    void aReleaseThatIsRefusedEndsQuietly() {
        var leadership = leadership("one");
        leadership.turn();
        store.refuse(403);
        leadership.release();
        assertThat(store.holder()).isEqualTo("one");
    }

    @Test
    void whoFindsAnotherHolderHasLost() {
        var leadership = leadership("one");
        leadership.turn();
        store.set("two", 15);
        leadership.turn();
        assertThat(lost).hasValue(1);
        assertThat(store.holder()).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500, 503})
    void whoCannotRenewUntilTheDeadlineHasLostBeforeOthersMayTakeTheLease(int code) {
        var one = leadership("one");
        var two = leadership("two");
        one.turn();
        two.turn();
        store.refuse(code);
        pass(Duration.ofSeconds(9));
        assertThat(one.turn()).isEqualTo(Duration.ofSeconds(1));
        assertThat(lost).hasValue(0);
        pass(Duration.ofSeconds(1));
        one.turn();
        assertThat(lost.get()).isPositive();
        store.refuse(0);
        two.turn();
        assertThat(two.isLeading()).isFalse();
    }

    @Test
    void whoWasSuspendedForLongerThanTheDeadlineHasLostBeforeItAsks() {
        var leadership = leadership("one");
        leadership.turn();
        store.refuse(500);
        pass(DEADLINE);
        leadership.turn();
        assertThat(lost).hasValue(1);
    }

    @Test
    void aRequestThatHangsIsGivenUpAtTheDeadline() {
        var leadership = leadership("one", true, Duration.ofMillis(20), Instant.EPOCH);
        leadership.turn();
        store.hang();
        assertThat(leadership.turn()).isPositive();
        pass(Duration.ofMillis(20));
        leadership.turn();
        assertThat(lost.get()).isPositive();
    }

    @Test
    void aDeletedLeaseIsMadeAgainByItsHolder() {
        var leadership = leadership("one");
        leadership.turn();
        store.delete();
        leadership.turn();
        assertThat(store.holder()).isEqualTo("one");
        assertThat(lost).hasValue(0);
    }

    @Test
    void ofTwoThatWantAFreeLeaseOneGetsIt() {
        store.set("", 1);
        var one = candidate("one", Instant.EPOCH);
        var read = store.read().orElseThrow();
        assertThat(lock("two", Instant.EPOCH).take(read)).isPresent();
        assertThat(lock("one", Instant.EPOCH).take(read)).isEmpty();
        assertThat(one.learn(one.next().run())).isInstanceOf(Candidate.Outcome.Theirs.class);
    }

    @Test
    void aRestartedProcessOfTheSameNameTakesItsOwnLeaseBackAtOnce() {
        leadership("one").turn();
        var again = leadership("one");
        again.turn();
        assertThat(again.isLeading()).isTrue();
    }

    @Test
    void aStandByIsHealthyHoweverLongItWaitsAndReadyWhileItSeesTheLease() {
        store.set("other", 15);
        var leadership = leadership("one");
        assertThat(leadership.unready()).contains("the Lease was not seen yet");
        leadership.turn();
        assertThat(leadership.unready()).isEmpty();
        store.refuse(403);
        pass(LEASE.plusSeconds(1));
        assertThat(leadership.turn()).isEqualTo(Duration.ofSeconds(10));
        assertThat(leadership.unready()).contains("the Lease was not seen for 16 s");
        assertThat(leadership.unhealthy()).isEmpty();
        store.refuse(500);
        assertThat(leadership.turn()).isEqualTo(RETRY);
    }

    @Test
    void aHolderThatDidNotRenewIsUnhealthyOnceTheLeaseAndTheTimeoutAreOver() {
        var leadership = leadership("one");
        leadership.turn();
        pass(Duration.ofSeconds(35));
        assertThat(leadership.unhealthy()).isEmpty();
        pass(Duration.ofNanos(1));
        assertThat(leadership.unhealthy()).contains("the Lease was not renewed for 35 s");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Leadership leadership(String name) {
        return leadership(name, true, DEADLINE, Instant.EPOCH);
    }

    private Leadership leadership(String name, boolean enabled, Duration deadline, Instant now) {
        var settings =
                new Settings.LeaderElection(enabled, "lease", "ns", LEASE, deadline, RETRY, Duration.ofSeconds(20));
        return new Leadership(settings, candidate(name, now), nanos::get, lost::incrementAndGet);
    }

    private Candidate candidate(String name, Instant now) {
        return new Candidate(lock(name, now), nanos::get);
    }

    private LeaseLock lock(String name, Instant now) {
        return new LeaseLock(store, "ns", "lease", name, LEASE, () -> now);
    }
}
