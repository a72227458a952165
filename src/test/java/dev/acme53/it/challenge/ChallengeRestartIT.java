package dev.acme53.it.challenge;

import static dev.acme53.it.challenge.ChallengeRig.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Annotations;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.Finalizers;
import dev.acme53.api.State;
import dev.acme53.it.stages.TestCa;
import dev.acme53.route53.Caller;
import dev.acme53.route53.RecordChanges;
import dev.acme53.route53.WantedRecord;
import dev.acme53.route53.WantedRecord.Presence;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.RecordChange.Action;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.Zone;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Wherever the stage stops, the next one goes on from the object, and no record stays behind.
class ChallengeRestartIT {
    private static final KubernetesApi KUBERNETES = TestServers.kubernetes();
    private static final TestCa CA = new TestCa(pebble -> pebble.withAuthorizationReuse(0));

    private final ChallengeRig rig = new ChallengeRig(KUBERNETES, CA);

    /// Of one test alone: DNS shows the changes of a zone in their order, so one that is never in sync hides all later.
    private final Zone zone = CA.zone(rig.namespace.name() + ".test");

    /// A name in that zone.
    private String in(String labels) {
        return labels + "." + rig.namespace.name() + ".test";
    }

    @AfterEach
    void leave() {
        CA.simulator().settings().insyncAfter(Duration.ZERO);
        rig.close();
    }

    @AfterAll
    static void stop() {
        CA.close();
    }

    /// Route 53 does what is wanted, and its answer to the first change of one kind never comes back.
    private record AnswerLost(RecordChanges real, Presence presence, CountDownLatch done) implements RecordChanges {
        @Override
        public ChangeResult want(Caller caller, String zoneId, WantedRecord record) {
            var result = real.want(caller, zoneId, record);
            if (record.presence() == presence) {
                done.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
            return result;
        }
    }

    /// Runs a stage until Route 53 has done what is wanted, and ends it before it knows.
    private Challenge stoppedAfter(Presence presence, String name) throws InterruptedException {
        var done = new CountDownLatch(1);
        try (var _ = rig.stage(real -> new AnswerLost(real, presence, done))) {
            var challenge = rig.create(name);
            if (presence == Presence.ABSENT) {
                rig.await(challenge, ChallengeStatus::presented);
                rig.delete(challenge);
            }
            assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return challenge;
        }
    }

    private void assertNothingIsLeft(Challenge challenge) {
        assertThat(rig.isStored(challenge)).isFalse();
        assertThat(CA.simulator().records(zone))
                .filteredOn(s -> s.type().equals("TXT"))
                .extracting(RecordSet::name)
                .doesNotContain("_acme-challenge." + challenge.getSpec().dnsName() + ".");
    }

    @Test
    void betweenRoute53sAnswerAndItsNoteOneMoreEqualChangeIsTheWholeCost() throws InterruptedException {
        var challenge = stoppedAfter(Presence.PRESENT, in("unnoted"));
        assertThat(rig.isStored(challenge)).isTrue();
        var left = rig.read(challenge).orElseThrow();
        assertThat(left.statusOrEmpty().presented()).isFalse();
        assertThat(left.getMetadata().getFinalizers()).containsExactly(Finalizers.CHALLENGE);
        assertThat(left.getMetadata().getAnnotations())
                .containsEntry(Annotations.ROUTE53_CHANGE, zone.id() + "/" + in("_acme-challenge.unnoted") + "/");
        try (var _ = rig.stage()) {
            rig.await(challenge, s -> s.state() == State.VALID && !s.processing());
        }
        assertThat(rig.applied(challenge, Action.UPSERT)).isEqualTo(2);
        assertNothingIsLeft(challenge);
    }

    @ParameterizedTest(name = "deleted before the restart {0}")
    @ValueSource(booleans = {true, false})
    void aRecordThatNobodyNotedGoesWithItsChallenge(boolean before) throws InterruptedException {
        var challenge = stoppedAfter(Presence.PRESENT, in("deleted-" + before));
        CA.simulator().settings().insyncAfter(Duration.ofHours(1));
        if (before) {
            rig.delete(challenge);
        }
        try (var _ = rig.stage()) {
            if (!before) {
                rig.delete(challenge);
            }
            rig.awaitGone(challenge);
        }
        assertNothingIsLeft(challenge);
    }

    @Test
    void aPendingChangeIsFollowedOnAndNotRepeated() {
        CA.simulator().settings().insyncAfter(Duration.ofSeconds(3));
        Challenge challenge;
        try (var _ = rig.stage()) {
            challenge = rig.await(rig.create(in("pending")), ChallengeStatus::presented);
        }
        try (var _ = rig.stage()) {
            rig.await(challenge, s -> s.state() == State.VALID && !s.processing());
        }
        assertThat(rig.applied(challenge, Action.UPSERT)).isEqualTo(1);
        assertNothingIsLeft(challenge);
    }

    @Test
    void aChangeThatRoute53HasForgottenIsMadeAgain() {
        CA.simulator().settings().insyncAfter(Duration.ofSeconds(8));
        Challenge challenge;
        try (var _ = rig.stage()) {
            challenge = rig.await(rig.create(in("forgotten")), ChallengeStatus::presented);
        }
        CA.simulator().settings().insyncAfter(Duration.ZERO);
        CA.simulator().forgetChanges();
        try (var _ = rig.stage()) {
            rig.await(challenge, s -> s.state() == State.VALID && !s.processing());
        }
        assertThat(rig.applied(challenge, Action.UPSERT)).isEqualTo(2);
        assertNothingIsLeft(challenge);
    }

    @Test
    void aCleanUpThatNobodyNotedIsRepeatedAndSucceeds() throws InterruptedException {
        CA.simulator().settings().insyncAfter(Duration.ofHours(1));
        var challenge = stoppedAfter(Presence.ABSENT, in("cleaning"));
        assertNothingIsLeft(challenge);
        assertThat(rig.read(challenge).orElseThrow().getMetadata().getFinalizers())
                .isNotEmpty();
        try (var _ = rig.stage()) {
            rig.awaitGone(challenge);
        }
        assertThat(rig.applied(challenge, Action.DELETE)).isEqualTo(1);
    }

    @Test
    void whatThePeerPresentedIsProvenAndCleanedUp() {
        var challenge = rig.create(in("taken-over"));
        CA.simulator()
                .addRecord(
                        zone,
                        RecordSet.challenge(
                                in("_acme-challenge.taken-over") + ".",
                                challenge.getSpec().key()));
        rig.client.resource(challenge).edit(c -> {
            c.getMetadata().setFinalizers(List.of(Finalizers.CHALLENGE_LEGACY));
            return c;
        });
        var claimed = rig.read(challenge).orElseThrow();
        claimed.setStatus(new ChallengeStatus(true, true, null, "", State.PENDING));
        rig.client.resource(claimed).updateStatus();
        try (var _ = rig.stage()) {
            rig.await(challenge, s -> s.state() == State.VALID && !s.processing());
            rig.awaitObject(challenge, c -> c.getMetadata().getFinalizers().isEmpty());
        }
        assertThat(rig.applied(challenge, Action.UPSERT)).isZero();
        assertNothingIsLeft(challenge);
    }
}
