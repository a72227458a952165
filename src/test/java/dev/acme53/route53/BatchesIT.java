package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.names.DnsName;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import dev.acme53.sim.Call;
import dev.acme53.sim.Fault;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.Operation;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.sim.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;

/// Many records of one zone at once, on a Route 53 that says no to some.
class BatchesIT {
    private final Crowd crowd = new Crowd(new RequestLimits(10, 0));
    private final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().clock(crowd.clock));
    private final Zone zone = simulator.createZone("example.com");
    private final Route53Client client = SimulatorClient.of(simulator, simulator.accessKey());
    private final Caller caller = new Caller("user", "user", "tenant", "aws", "", () -> client);

    @AfterEach
    void stop() {
        crowd.close();
        client.close();
        simulator.close();
    }

    private static List<ChallengeRecord> records(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> Crowd.record(n, "example.com"))
                .toList();
    }

    private List<ChangeResult> want(List<ChallengeRecord> records, Presence presence) throws Exception {
        return crowd.all(caller, zone.id(), records, presence);
    }

    private long writes() {
        return simulator.count(Operation.CHANGE_RESOURCE_RECORD_SETS);
    }

    private static List<String> failures(List<ChangeResult> results) {
        return results.stream()
                .filter(ChangeResult.Failed.class::isInstance)
                .map(r -> ((ChangeResult.Failed) r).failure().message())
                .toList();
    }

    @Test
    void t58ApexAndWildcardGoInOneCall() throws Exception {
        var name = DnsName.of("_acme-challenge.example.com");
        var both = List.of(new ChallengeRecord(name, Crowd.value(1)), new ChallengeRecord(name, Crowd.value(2)));
        assertThat(want(both, Presence.PRESENT)).allMatch(ChangeResult.Accepted.class::isInstance);
        assertThat(writes()).isEqualTo(1);
        assertThat(simulator.txtRecords()).hasSize(2);
    }

    @Test
    void t76TwoHundredComeInOneCallAndGoInOne() throws Exception {
        var results = want(records(0, 200), Presence.PRESENT);
        assertThat(results).allMatch(ChangeResult.Accepted.class::isInstance);
        assertThat(results.stream().distinct()).hasSize(1);
        assertThat(writes()).isEqualTo(1);
        assertThat(want(records(0, 200), Presence.ABSENT)).allMatch(ChangeResult.Accepted.class::isInstance);
        assertThat(writes()).isEqualTo(2);
        assertThat(simulator.txtRecords()).isEmpty();
    }

    @Test
    void t77MoreThanABatchHoldsGoInTwo() throws Exception {
        assertThat(want(records(0, 400), Presence.PRESENT)).allMatch(ChangeResult.Accepted.class::isInstance);
        assertThat(writes()).isEqualTo(2);
        assertThat(simulator.txtRecords()).hasSize(400);
    }

    @Test
    void t80WhatIsNoLongerWantedIsNotWrittenFirst() throws Exception {
        crowd.expect(2);
        var record = Crowd.record(1, "example.com");
        var first = crowd.wants(caller, zone.id(), record, Presence.PRESENT);
        crowd.awaitArrivals(1);
        var second = crowd.wants(caller, zone.id(), record, Presence.ABSENT);
        assertThat(first.get()).isInstanceOf(ChangeResult.Failed.class);
        assertThat(second.get()).isEqualTo(new ChangeResult.AlreadyAbsent());
        assertThat(writes()).isEqualTo(1);
        assertThat(simulator.history()).isEmpty();
    }

    @Test
    void badOnesThatRoute53NamesFailAloneAndWithTheirOwnWords() throws Exception {
        var records = new ArrayList<>(records(0, 297));
        for (var n = 0; n < 3; n++) {
            records.add(40 * n, Crowd.record(1000 + n, "example.org"));
        }
        var count = new AtomicInteger();
        simulator.failNext(
                Operation.CHANGE_RESOURCE_RECORD_SETS,
                _ -> count.incrementAndGet() % 3 == 0,
                Fault.throttling(),
                Integer.MAX_VALUE);
        var results = want(records, Presence.PRESENT);
        assertThat(failures(results))
                .hasSize(3)
                .allSatisfy(text -> assertThat(text)
                        .startsWith("failed to change Route 53 record set: InvalidChangeBatch: [")
                        .containsOnlyOnce("example.org."));
        assertThat(results.stream().filter(ChangeResult.Accepted.class::isInstance))
                .hasSize(297);
        assertThat(simulator.txtRecords()).hasSize(297);
        assertThat(writes()).isLessThanOrEqualTo(4);
    }

    @Test
    void deletionsOfWhatIsNotThereDoNotHoldUpTheOthers() throws Exception {
        want(records(0, 50), Presence.PRESENT);
        assertThat(want(records(0, 60), Presence.ABSENT)).noneMatch(ChangeResult.Failed.class::isInstance);
        assertThat(simulator.txtRecords()).isEmpty();
        assertThat(writes()).isLessThanOrEqualTo(1 + 3);
    }

    @Test
    void recordsThatThePolicyDoesNotNameAreFoundByHalving() throws Exception {
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.parse("""
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["route53:ChangeResourceRecordSets"],
                  "Resource":["arn:aws:route53:::hostedzone/%s"],
                  "Condition":{"ForAllValues:StringEquals":
                   {"route53:ChangeResourceRecordSetsNormalizedRecordNames":["%s"]}}}]}""".formatted(
                        zone.id(),
                        records(0, 300).stream()
                                .map(r -> r.name().text())
                                .filter(name -> !name.contains(".n7."))
                                .collect(Collectors.joining("\",\"")))));
        var results = want(records(0, 300), Presence.PRESENT);
        assertThat(failures(results)).hasSize(1);
        assertThat(results.get(7)).isInstanceOf(ChangeResult.Failed.class);
        assertThat(simulator.txtRecords()).hasSize(299);
        assertThat(simulator.calls().stream().filter(c -> c.status() == 403)).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void whereEverythingIsDeniedFewCallsAreMade() throws Exception {
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.parse("""
                {"Version":"2012-10-17","Statement":[]}"""));
        for (var round = 0; round < 10; round++) {
            assertThat(failures(want(records(0, 300), Presence.PRESENT))).hasSize(300);
            crowd.clock.advance(Duration.ofSeconds(20));
        }
        assertThat(writes()).isLessThanOrEqualTo(20);
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.documented());
        crowd.clock.advance(Duration.ofMinutes(10));
        assertThat(want(records(0, 300), Presence.PRESENT)).allMatch(ChangeResult.Accepted.class::isInstance);
        assertThat(writes()).isLessThanOrEqualTo(22);
    }

    @Test
    void twoIdentitiesNeverShareACall() throws Exception {
        var key = simulator.addUser("other", IamPolicy.documented());
        try (var theirs = SimulatorClient.of(simulator, key)) {
            var other = new Caller("other", "other", "tenant", "aws", "", () -> theirs);
            crowd.expect(701);
            var many = records(0, 700).stream()
                    .map(r -> crowd.wants(caller, zone.id(), r, Presence.PRESENT))
                    .toList();
            var one = crowd.wants(other, zone.id(), Crowd.record(9999, "example.com"), Presence.PRESENT);
            assertThat(one.get()).isInstanceOf(ChangeResult.Accepted.class);
            for (var result : many) {
                assertThat(result.get()).isInstanceOf(ChangeResult.Accepted.class);
            }
        }
        assertThat(simulator.calls().stream().map(Call::accessKeyId))
                .containsExactlyInAnyOrder(
                        simulator.accessKey().id(), simulator.accessKey().id(), key.id());
    }

    @Test
    void t83AForeignSimpleRecordIsJoinedAndLeftAsItWas() throws Exception {
        simulator.addRecord(zone, "_acme-challenge.n1.example.com", "TXT", "\"theirs\"");
        var record = Crowd.record(1, "example.com");
        assertThat(want(List.of(record), Presence.PRESENT))
                .singleElement()
                .satisfies(r -> assertThat(r)
                        .isInstanceOfSatisfying(
                                ChangeResult.Accepted.class,
                                a -> assertThat(a.isMerged()).isTrue()));
        assertThat(simulator.txtRecords()).singleElement().satisfies(set -> {
            assertThat(set.values()).containsExactlyInAnyOrder("\"theirs\"", '"' + record.value() + '"');
            assertThat(set.ttl()).isEqualTo(300);
        });
        var gone = Blocking.want(crowd.lanes, caller, zone.id(), new WantedRecord(record, Presence.ABSENT, Merged.YES));
        assertThat(gone).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(simulator.txtRecords())
                .singleElement()
                .satisfies(set -> assertThat(set.values()).containsExactly("\"theirs\""));
    }

    @Test
    void t83AForeignSimpleRecordThatMayNotBeListedIsAnErrorThatSaysSo() throws Exception {
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.parse("""
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["route53:ChangeResourceRecordSets"],
                  "Resource":["arn:aws:route53:::hostedzone/*"]}]}"""));
        simulator.addRecord(zone, "_acme-challenge.n1.example.com", "TXT", "\"theirs\"");
        assertThat(failures(want(records(1, 2), Presence.PRESENT)))
                .singleElement()
                .asString()
                .contains("_acme-challenge.n1.example.com.", "ListResourceRecordSets");
        assertThat(simulator.txtRecords())
                .singleElement()
                .extracting(RecordSet::values)
                .isEqualTo(List.of("\"theirs\""));
    }
}
