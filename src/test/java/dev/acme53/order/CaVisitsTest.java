package dev.acme53.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.ClusterIssuer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CaVisitsTest {
    private static final ResourceID ORDER = new ResourceID("o", "team");
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final CaVisits visits = new CaVisits(now::get, new SplittableRandom(1));
    private final ClusterIssuer issuer = AnOrder.issuer(AnOrder.ROUTE53);

    @Test
    void anOrderThatNothingHappenedToMayAsk() {
        assertThat(visits.pause(ORDER, issuer)).isEmpty();
    }

    @Test
    void failuresBackOffFromFiveSecondsToThirtyMinutes() {
        assertThat(visits.failed(ORDER, Optional.empty())).isBetween(seconds(4.5), seconds(5.5));
        assertThat(visits.failed(ORDER, Optional.empty())).isBetween(seconds(9), seconds(11));
        for (var i = 0; i < 20; i++) {
            visits.failed(ORDER, Optional.empty());
        }
        assertThat(visits.failed(ORDER, Optional.empty())).isBetween(Duration.ofMinutes(27), Duration.ofMinutes(33));
    }

    @Test
    void theCaIsNotAskedBeforeItWantsToBe() {
        var told = START.plusSeconds(3600);
        assertThat(visits.failed(ORDER, Optional.of(told))).isBetween(seconds(3600), seconds(3610));
        now.set(told.minusSeconds(1));
        assertThat(visits.pause(ORDER, issuer)).isPresent();
        now.set(told.plusSeconds(10));
        assertThat(visits.pause(ORDER, issuer)).isEmpty();
    }

    @Test
    void aMomentThatIsNearDoesNotShortenTheBackOff() {
        assertThat(visits.failed(ORDER, Optional.of(START.minusSeconds(60)))).isBetween(seconds(4.5), seconds(5.5));
    }

    @Test
    void aPauseEndsByTime() {
        var pause = visits.failed(ORDER, Optional.empty());
        now.set(START.plus(pause).minusMillis(1));
        assertThat(visits.pause(ORDER, issuer)).hasValue(Duration.ofMillis(1));
        now.set(START.plus(pause));
        assertThat(visits.pause(ORDER, issuer)).isEmpty();
    }

    @Test
    void aMissingLoginIsTriedAgainAsSoonAsTheIssuerChanges() {
        visits.notLoggedIn(ORDER, issuer);
        assertThat(visits.pause(ORDER, issuer)).isPresent();
        issuer.getMetadata().setResourceVersion("4");
        assertThat(visits.pause(ORDER, issuer)).isEmpty();
    }

    @Test
    void anIssuerThatChangesDoesNotLiftALimit() {
        visits.failed(ORDER, Optional.of(START.plusSeconds(3600)));
        issuer.getMetadata().setResourceVersion("4");
        assertThat(visits.pause(ORDER, issuer)).isPresent();
    }

    @Test
    void pollingIsQuickAtFirstAndNeverSlowerThanAMinute() {
        assertThat(visits.poll(ORDER, Optional.empty())).isBetween(seconds(0.45), seconds(0.55));
        assertThat(visits.poll(ORDER, Optional.empty())).isBetween(seconds(0.9), seconds(1.1));
        for (var i = 0; i < 20; i++) {
            visits.poll(ORDER, Optional.empty());
        }
        assertThat(visits.poll(ORDER, Optional.empty())).isBetween(seconds(54), seconds(66));
    }

    @Test
    void pollingFollowsTheCa() {
        assertThat(visits.poll(ORDER, Optional.of(START.plusSeconds(7)))).isEqualTo(seconds(7));
        assertThat(visits.poll(ORDER, Optional.of(START.minusSeconds(7)))).isEqualTo(seconds(0.1));
    }

    @Test
    void theTimeOfPollingCountsFromTheFirst() {
        assertThat(visits.polled(ORDER)).isZero();
        visits.poll(ORDER, Optional.empty());
        now.set(START.plusSeconds(30));
        visits.poll(ORDER, Optional.empty());
        assertThat(visits.polled(ORDER)).isEqualTo(seconds(30));
        visits.reset(ORDER);
        assertThat(visits.polled(ORDER)).isZero();
        assertThat(visits.pause(ORDER, issuer)).isEmpty();
    }

    @Test
    void whoeverHasAskedIsNoLongerTheFirst() {
        assertThat(visits.isFirst(ORDER)).isTrue();
        now.set(START.plus(visits.failed(ORDER, Optional.empty())));
        assertThat(visits.isFirst(ORDER)).as("the request may have arrived").isFalse();
        visits.reset(ORDER);
        assertThat(visits.isFirst(ORDER)).isTrue();
        visits.poll(ORDER, Optional.empty());
        assertThat(visits.isFirst(ORDER)).isFalse();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
