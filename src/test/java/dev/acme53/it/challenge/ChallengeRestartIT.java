package dev.acme53.it.challenge;

import static dev.acme53.it.challenge.ChallengeRig.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Annotations;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.Finalizers;
import dev.acme53.api.State;
import dev.acme53.it.stages.Edits;
import dev.acme53.it.stages.RunningStages;
import dev.acme53.it.stages.TestCa;
import dev.acme53.route53.Caller;
import dev.acme53.route53.RecordChanges;
import dev.acme53.route53.WantedRecord;
import dev.acme53.route53.WantedRecord.Presence;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Fault;
import dev.acme53.sim.Hold;
import dev.acme53.sim.Operation;
import dev.acme53.sim.RecordChange.Action;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.Zone;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
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

    /// Route 53 does what is wanted, and its answer to the record never comes back.
    private record AnswerLost(RecordChanges real, CountDownLatch done) implements RecordChanges {
        @Override
        public void want(Caller caller, String zoneId, WantedRecord record, Consumer<ChangeResult> told) {
            real.want(caller, zoneId, record, result -> {
                if (record.presence() == Presence.PRESENT) {
                    done.countDown();
                } else {
                    told.accept(result);
                }
            });
        }
    }

    /// Runs a stage until Route 53 has the record, and ends it before it knows.
    private Challenge stoppedAfterTheRecord(String name) throws InterruptedException {
        var done = new CountDownLatch(1);
        try (var _ = rig.stage(real -> new AnswerLost(real, done))) {
            var challenge = rig.create(name);
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

    private Challenge severedAt(Predicate<HttpRequest> request, String name) throws InterruptedException {
        var severed = new Severed(request);
        try (var _ = rig.stage(severed)) {
            var challenge = rig.create(name);
            severed.await();
            return rig.read(challenge).orElseThrow();
        }
    }

    private void assertProvenByTheNextStage(Challenge challenge, int upserts) {
        try (var _ = rig.stage()) {
            rig.await(challenge, s -> s.state() == State.VALID && !s.processing());
        }
        assertThat(rig.applied(challenge, Action.UPSERT)).isEqualTo(upserts);
        assertNothingIsLeft(challenge);
    }

    @Test
    void beforeTheAnnotationNothingIsWrittenYet() throws InterruptedException {
        var challenge = severedAt(Severed.APPLY, in("unclaimed"));
        assertThat(challenge.statusOrEmpty().processing()).isTrue();
        assertThat(challenge.getMetadata().getFinalizers()).isEmpty();
        assertThat(rig.isStored(challenge)).isFalse();
        assertProvenByTheNextStage(challenge, 1);
    }

    @Test
    void betweenTheNoteAndStatusNothingIsWrittenTwice() throws InterruptedException {
        var challenge = severedAt(Severed.status("\"presented\":true"), in("noted"));
        assertThat(challenge.statusOrEmpty().presented()).isFalse();
        assertThat(challenge.getMetadata().getAnnotations().get(Annotations.ROUTE53_CHANGE))
                .contains("/C");
        assertThat(rig.isStored(challenge)).isTrue();
        assertProvenByTheNextStage(challenge, 1);
    }

    @Test
    void afterTheCaWasToldToLookItsAnswerIsAskedFor() throws InterruptedException {
        var told = new CountDownLatch(1);
        CA.observeBy(request -> {
            if (request.action().equals("accept_challenge") && request.status() == 200) {
                told.countDown();
                RunningStages.sayNothing();
            }
        });
        Challenge challenge;
        try (var _ = rig.stage()) {
            challenge = rig.create(in("told"));
            assertThat(told.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        CA.observeBy(_ -> {});
        assertThat(rig.read(challenge).orElseThrow().statusOrEmpty().state()).isEqualTo(State.PENDING);
        assertProvenByTheNextStage(challenge, 1);
    }

    @Test
    void cleanUpThatOvertakesTheLookForTheZoneLeavesNoRecord() throws InterruptedException {
        var wanted = new CountDownLatch(1);
        Challenge challenge;
        try (var _ = rig.stage(_ -> (_, _, _, _) -> wanted.countDown())) {
            challenge = rig.create(in("overtaken"));
            assertThat(wanted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        var hold = new Hold();
        CA.simulator().failNext(Operation.LIST_HOSTED_ZONES_BY_NAME, new Fault.Held(hold), 1);
        try (var _ = rig.stage()) {
            hold.awaitCall();
            rig.delete(challenge);
            rig.awaitGone(challenge);
            hold.release();
            rig.await(rig.create(in("next")), ChallengeStatus::presented); // the zone's lane has come as far
        }
        assertThat(rig.applied(challenge, Action.UPSERT)).isZero();
        assertNothingIsLeft(challenge);
    }

    @Test
    void cleanUpDoesNotOvertakeAWriteThatIsOnItsWay() throws InterruptedException {
        var order = new CopyOnWriteArrayList<Presence>();
        var write = new CompletableFuture<Runnable>();
        RunningStages stage = rig.stage(real -> (caller, zoneId, record, told) -> {
            order.add(record.presence());
            if (record.presence() == Presence.PRESENT) {
                write.complete(() -> real.want(caller, zoneId, record, told));
            } else {
                real.want(caller, zoneId, record, told);
            }
        });
        try (stage) {
            var challenge = rig.create(in("on-its-way"));
            var send = write.join();
            rig.delete(challenge);
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .until(() -> rig.read(challenge).isPresent() && order.equals(List.of(Presence.PRESENT)));
            send.run();
            rig.awaitGone(challenge);
            assertThat(order).containsExactly(Presence.PRESENT, Presence.ABSENT);
            assertThat(rig.applied(challenge, Action.UPSERT)).isEqualTo(1);
            assertNothingIsLeft(challenge);
        }
    }

    @Test
    void betweenTheRemovalAndTheFinalizerItIsRemovedOnceMore() throws InterruptedException {
        var challenge = severedAt(Severed.RELEASE, in("removed"));
        assertThat(challenge.statusOrEmpty().state()).isEqualTo(State.VALID);
        assertThat(challenge.getMetadata().getFinalizers()).isNotEmpty();
        assertNothingIsLeft(challenge);
        assertProvenByTheNextStage(challenge, 1);
        assertThat(rig.applied(challenge, Action.DELETE)).isEqualTo(1);
    }

    @Test
    void t81BetweenRoute53sAnswerAndItsNoteOneMoreEqualChangeIsTheWholeCost() throws InterruptedException {
        var challenge = stoppedAfterTheRecord(in("unnoted"));
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
        var challenge = stoppedAfterTheRecord(in("deleted-" + before));
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
    void t81APendingChangeIsFollowedOnAndNotRepeated() {
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
    void whatThePeerPresentedIsProvenAndCleanedUp() {
        var challenge = rig.create(in("taken-over"));
        CA.simulator()
                .addRecord(
                        zone,
                        RecordSet.challenge(
                                in("_acme-challenge.taken-over") + ".",
                                challenge.getSpec().key()));
        Edits.edit(rig.client, challenge, c -> {
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
