package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.names.DnsName;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import dev.acme53.sim.Fault;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.ManualClock;
import dev.acme53.sim.NewZone;
import dev.acme53.sim.Operation;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.RoutingPolicy;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.sim.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;

/// The room on a Route 53 that is slow, busy, strict and short of words.
class HurtingRoute53IT {
    private static final String VALUE = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
    private static final DnsName NAME = DnsName.of("_acme-challenge.example.com");
    private static final ChallengeRecord RECORD = new ChallengeRecord(NAME, VALUE);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T00:00:00Z"));
    private final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().clock(clock));
    private final Zone zone = simulator.createZone("example.com");
    private final Route53Client client = SimulatorClient.of(simulator, simulator.accessKey());
    private final Caller caller = new Caller("user", "user", "tenant", "aws", "", () -> client);
    private final List<Duration> pauses = new ArrayList<>();
    private final AccountCalls calls = new AccountCalls(new RequestLimits(10, 0.4), clock, clock::advance);
    private final HostedZones zones = new HostedZones(calls, clock);
    private final ZoneLanes changes = new ZoneLanes(calls, clock, new SplittableRandom(1), this::pause);

    private final Polls polls = new Polls(calls, clock, clock::advance);

    private void pause(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) >= 0) {
            pauses.add(duration);
        }
        clock.advance(duration);
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private ChangeResult want(Presence presence) {
        return Blocking.want(changes, caller, zone.id(), new WantedRecord(RECORD, presence, Merged.NO));
    }

    private String changeId(ChangeResult result) {
        assertThat(result).isInstanceOf(ChangeResult.Accepted.class);
        return ((ChangeResult.Accepted) result).changeId();
    }

    @Test
    void t56WithAnIdTheSolverNeedsNoPermissionToListZones() {
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.parse("""
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["route53:GetChange"],"Resource":["arn:aws:route53:::change/*"]},
                 {"Effect":"Allow","Action":["route53:ChangeResourceRecordSets"],
                  "Resource":["arn:aws:route53:::hostedzone/%s"]}]}""".formatted(zone.id())));
        var change = changeId(want(Presence.PRESENT));
        assertThat(polls.last(caller, change)).isEqualTo(new Changes.ChangeStatus.InSync());
        assertThat(want(Presence.ABSENT)).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(want(Presence.ABSENT)).isEqualTo(new ChangeResult.AlreadyAbsent());
        assertThat(simulator.count(Operation.LIST_HOSTED_ZONES_BY_NAME)).isZero();
        assertThat(simulator.txtRecords()).isEmpty();
    }

    @Test
    void t60CleaningUpWhatIsNotThereSucceeds() {
        assertThat(want(Presence.ABSENT)).isEqualTo(new ChangeResult.AlreadyAbsent());
    }

    @Test
    void t61CleaningUpWhatIsNotThereSucceedsInTheLegacyForm() {
        simulator.settings().legacyInvalidChangeBatch(true);
        assertThat(want(Presence.ABSENT)).isEqualTo(new ChangeResult.AlreadyAbsent());
    }

    @Test
    void t62AZoneThatIsGoneIsToldAsThat() {
        simulator.deleteZone(zone);
        assertThat(want(Presence.ABSENT))
                .isInstanceOfSatisfying(
                        ChangeResult.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Route53Failure.NoSuchZone.class));
    }

    @Test
    void t63ARecordOutsideTheZoneIsRefusedWithAwssWordsInBothForms() {
        var outside = new WantedRecord(
                new ChallengeRecord(DnsName.of("_acme-challenge.example.org"), VALUE), Presence.PRESENT, Merged.NO);
        var first = Blocking.want(changes, caller, zone.id(), outside);
        simulator.settings().legacyInvalidChangeBatch(true);
        var second = Blocking.want(changes, caller, zone.id(), outside);
        assertThat(first)
                .isEqualTo(second)
                .isInstanceOfSatisfying(
                        ChangeResult.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOf(Route53Failure.RejectedRecord.class)
                                .extracting(Route53Failure::message)
                                .asString()
                                .startsWith("failed to change Route 53 record set: InvalidChangeBatch: [")
                                .contains("_acme-challenge.example.org. is not permitted in zone example.com."));
    }

    @Test
    void t64DeniedThreeTimesTheTextIsTheSame() {
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.parse("""
                {"Version":"2012-10-17","Statement":[]}"""));
        var first = want(Presence.PRESENT);
        for (var wait : List.of(5, 10, 20)) {
            assertThat(want(Presence.PRESENT)).isEqualTo(first);
            clock.advance(Duration.ofSeconds(wait));
            assertThat(want(Presence.PRESENT)).isEqualTo(first);
        }
        assertThat(first)
                .isInstanceOfSatisfying(
                        ChangeResult.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOf(Route53Failure.Permanent.class)
                                .extracting(Route53Failure::message)
                                .asString()
                                .startsWith("failed to change Route 53 record set: AccessDenied: User: ")
                                .contains("route53:ChangeResourceRecordSets"));
        assertThat(simulator.calls()).hasSize(4);
    }

    @Test
    void t66ABusyZoneIsWaitedFor() {
        simulator.failNext(Operation.CHANGE_RESOURCE_RECORD_SETS, Fault.priorRequestNotComplete(), 6);
        assertThat(want(Presence.PRESENT)).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(pauses).hasSize(6).allMatch(p -> p.compareTo(Duration.ofSeconds(1)) >= 0);
        assertThat(simulator.count(Operation.CHANGE_RESOURCE_RECORD_SETS)).isEqualTo(7);
    }

    @Test
    void t68AChangeIsPendingFiveTimesAndThenInSync() {
        simulator.settings().insyncAfterPolls(5);
        assertThat(polls.last(caller, changeId(want(Presence.PRESENT)))).isEqualTo(new Changes.ChangeStatus.InSync());
        assertThat(simulator.count(Operation.GET_CHANGE)).isEqualTo(6);
    }

    @Test
    void t70ADeniedLookAtAChangeNamesThePermission() {
        var change = changeId(want(Presence.PRESENT));
        simulator.failNext(
                Operation.GET_CHANGE, Fault.accessDenied("arn:aws:iam::1:user/x", "route53:GetChange", "change/C"), 1);
        assertThat(polls.last(caller, change))
                .isInstanceOfSatisfying(
                        Changes.ChangeStatus.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOf(Route53Failure.Permanent.class)
                                .extracting(Route53Failure::message)
                                .asString()
                                .contains("route53:GetChange"));
    }

    @Test
    void aForgottenChangeIsUnknown() {
        var change = changeId(want(Presence.PRESENT));
        simulator.forgetChanges();
        assertThat(polls.last(caller, change)).isEqualTo(new Changes.ChangeStatus.Unknown());
    }

    @Test
    void manyWantInOneZoneAtOnceAndNoCallOverlaps() throws Exception {
        simulator.settings().answerAfter(Duration.ofMillis(20));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<ChangeResult>>();
            for (int i = 0; i < 10; i++) {
                var record = new ChallengeRecord(DnsName.of("_acme-challenge.n" + i + ".example.com"), VALUE);
                results.add(threads.submit(() -> Blocking.want(
                        changes, caller, zone.id(), new WantedRecord(record, Presence.PRESENT, Merged.NO))));
            }
            for (var result : results) {
                assertThat(result.get()).isInstanceOf(ChangeResult.Accepted.class);
            }
        }
        assertThat(simulator.calls()).allMatch(c -> c.status() == 200);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aRecordWhoseTtlSomebodyChangedGoesAllTheSame() {
        simulator.addRecord(
                zone,
                new RecordSet(
                        NAME.absolute(),
                        "TXT",
                        300,
                        '"' + VALUE + '"',
                        RoutingPolicy.MULTIVALUE,
                        "",
                        List.of('"' + VALUE + '"')));
        assertThat(want(Presence.ABSENT)).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(simulator.txtRecords()).isEmpty();
    }

    @Test
    void whatAPeerWroteIsCleanedUp() {
        simulator.addRecord(zone, RecordSet.challenge(NAME.absolute(), VALUE));
        assertThat(want(Presence.ABSENT)).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(simulator.txtRecords()).isEmpty();
    }

    @Test
    void t74AListingWithoutConfigIsReadOverSeveralPages() {
        simulator.settings().zonesWithoutConfig(true).pages(2, 300);
        simulator.createZone("example.net");
        for (int i = 0; i < 5; i++) {
            simulator.createZone("n" + i + ".example.com");
        }
        assertThat(zones.zoneFor(caller, DnsName.of("_acme-challenge.n4.example.com"), _ -> Optional.empty()))
                .isInstanceOf(ZoneChoice.Found.class);
        assertThat(simulator.count(Operation.LIST_HOSTED_ZONES_BY_NAME)).isEqualTo(3);
    }

    @Test
    void belowANameWithManyZonesOnlyTheNamesAboveOursAreAskedFor() {
        simulator.settings().pages(2, 300);
        for (int i = 0; i < 20; i++) {
            simulator.createZone("n" + i + ".example.com");
        }
        var mine = simulator.createZone("z.example.com");
        assertThat(zones.zoneFor(
                        caller,
                        DnsName.of("_acme-challenge.z.example.com"),
                        _ -> Optional.of(new Delegation.Cut(DnsName.of("z.example.com"), Set.of()))))
                .isEqualTo(new ZoneChoice.Found(mine.id()));
        assertThat(simulator.count(Operation.LIST_HOSTED_ZONES_BY_NAME)).isLessThanOrEqualTo(5 + 3);
    }

    @Test
    void ofTwinsTheDelegatedOneIsTakenAndEachIsListedOnce() {
        var twin = simulator.createZone(NewZone.named("example.com").undelegated());
        for (var delegated : List.of(zone, twin)) {
            var servers = delegated.nameServers().stream().map(DnsName::of).collect(Collectors.toSet());
            assertThat(zones.zoneFor(
                            caller, NAME, _ -> Optional.of(new Delegation.Cut(DnsName.of("example.com"), servers))))
                    .isEqualTo(new ZoneChoice.Found(delegated.id()));
        }
        assertThat(simulator.count(Operation.LIST_RESOURCE_RECORD_SETS)).isEqualTo(2);
    }
}
