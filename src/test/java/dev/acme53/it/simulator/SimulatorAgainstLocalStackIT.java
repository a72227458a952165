package dev.acme53.it.simulator;

import static dev.acme53.it.simulator.Emulator.challenge;
import static dev.acme53.it.simulator.Emulator.simple;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static software.amazon.awssdk.services.route53.model.ChangeAction.CREATE;
import static software.amazon.awssdk.services.route53.model.ChangeAction.DELETE;
import static software.amazon.awssdk.services.route53.model.ChangeAction.UPSERT;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// The same calls on our simulator and on LocalStack, where LocalStack does as AWS does: the two agree to the
/// letter of the message.
class SimulatorAgainstLocalStackIT {
    private static BothEmulators both;

    private final String apex = BothEmulators.freshName();
    private final String name = "_acme-challenge." + apex + ".";

    @BeforeAll
    static void start() {
        both = BothEmulators.start();
    }

    @AfterAll
    static void stop() {
        both.close();
    }

    @Test
    void aChallengeRecordIsWrittenListedAndRemoved() {
        both.agree("[%s TXT 10 \"token\" true [\"token\"]] then []".formatted(name), emulator -> {
            var zone = emulator.zone(apex);
            emulator.change(zone, challenge(UPSERT, name, 10, "token"));
            var written = emulator.records(zone);
            emulator.change(zone, challenge(DELETE, name, 10, "token"));
            return written + " then " + emulator.records(zone);
        });
    }

    @Test
    void theRecordsOfTwoChallengesLiveUnderOneName() {
        both.agree("2 then [%s TXT 10 \"wildcard\" true [\"wildcard\"]]".formatted(name), emulator -> {
            var zone = emulator.zone(apex);
            emulator.change(zone, challenge(UPSERT, name, 10, "apex"), challenge(UPSERT, name, 10, "wildcard"));
            var written = emulator.records(zone).size();
            emulator.change(zone, challenge(DELETE, name, 10, "apex"));
            return written + " then " + emulator.records(zone);
        });
    }

    @Test
    void anUpsertIsRepeatableAndReplacesItsOwnRecordSetOnly() {
        both.agree(
                "[%1$s TXT 10 \"one\" true [\"one\"], %1$s TXT 60 \"two\" true [\"two\"]]".formatted(name),
                emulator -> {
                    var zone = emulator.zone(apex);
                    emulator.change(zone, challenge(UPSERT, name, 10, "one"), challenge(UPSERT, name, 10, "two"));
                    emulator.change(zone, challenge(UPSERT, name, 10, "one"));
                    emulator.change(zone, challenge(UPSERT, name, 60, "two"));
                    return emulator.records(zone);
                });
    }

    @Test
    void aRecordIsNotCreatedTwice() {
        var record = simple(CREATE, name, RRType.TXT, "\"one\"");
        both.agree(
                "InvalidChangeBatch: Tried to create resource record set [name='%s', type='TXT'] but it already exists"
                        .formatted(name),
                emulator -> {
                    var zone = emulator.zone(apex);
                    emulator.change(zone, record);
                    return emulator.accepted(zone, record);
                });
    }

    @Test
    void aNameOutsideOfTheZoneIsRefused() {
        both.agree(
                "InvalidChangeBatch: RRSet with DNS name _acme-challenge.other.test. is not permitted in zone %s."
                        .formatted(apex),
                emulator -> emulator.accepted(
                        emulator.zone(apex), challenge(UPSERT, "_acme-challenge.other.test.", 10, "token")));
    }

    @Test
    void anUnknownZoneIsRefused() {
        var refusal = "NoSuchHostedZone: No hosted zone found with ID: Z0000000000000";
        both.agree(refusal, emulator -> emulator.accepted("Z0000000000000", challenge(UPSERT, name, 10, "token")));
        both.agree(refusal, emulator -> emulator.records("Z0000000000000"));
    }

    @Test
    void moreThanAThousandElementsAreRefused() {
        both.agree(
                "InvalidChangeBatch: Number of records limit of 1000 exceeded.",
                emulator -> emulator.accepted(emulator.zone(apex), upserts(1_001, "x")));
    }

    @Test
    void anotherActionIsRefused() {
        both.agree(
                "InvalidInput: Invalid XML ; cvc-enumeration-valid: Value 'REPLACE' is not facet-valid with respect to enumeration "
                        + "'[CREATE, DELETE, UPSERT]'. It must be a value from the enumeration.",
                emulator -> {
                    var change = challenge(UPSERT, name, 10, "token");
                    return emulator.accepted(
                            emulator.zone(apex),
                            change.toBuilder().action("REPLACE").build());
                });
    }

    @Test
    void recordSetsAreListedByReversedNameAndTypeFromAnyPlaceInPages() {
        both.agree("[a A, b A, b TXT, a.b A] / true [b A, b TXT] / false [a.b A]", emulator -> {
            var zone = emulator.zone(apex);
            emulator.change(
                    zone,
                    simple(UPSERT, "b." + apex + ".", RRType.TXT, "\"b\""),
                    simple(UPSERT, "a.b." + apex + ".", RRType.A, "192.0.2.1"),
                    simple(UPSERT, "b." + apex + ".", RRType.A, "192.0.2.2"),
                    simple(UPSERT, "a." + apex + ".", RRType.A, "192.0.2.3"));
            var whole = emulator.client()
                    .listResourceRecordSets(r -> r.hostedZoneId(zone).startRecordName("a." + apex + "."));
            var first = emulator.client()
                    .listResourceRecordSets(r -> r.hostedZoneId(zone)
                            .startRecordName("b." + apex + ".")
                            .startRecordType(RRType.A)
                            .maxItems("2"));
            var second = emulator.client()
                    .listResourceRecordSets(r -> r.hostedZoneId(zone)
                            .startRecordName(first.nextRecordName())
                            .startRecordType(first.nextRecordType()));
            return labels(whole) + " / " + first.isTruncated() + " " + labels(first) + " / " + second.isTruncated()
                    + " " + labels(second);
        });
    }

    @Test
    void zonesOfOneNameAreBothFound() {
        both.agree("2", emulator -> {
            emulator.zone(apex);
            emulator.zone(apex);
            return emulator.client().listHostedZonesByName(r -> r.dnsName(apex)).hostedZones().stream()
                    .filter(z -> z.name().equals(apex + "."))
                    .count();
        });
    }

    @Test
    void zonesAreListedByReversedName() {
        both.agree("[%1$s., b.%1$s., a.b.%1$s., c.%1$s.]".formatted(apex), emulator -> {
            emulator.zone("b." + apex);
            emulator.zone(apex);
            emulator.zone("a.b." + apex);
            emulator.zone("c." + apex);
            return emulator.client().listHostedZonesByName().hostedZones().stream()
                    .map(HostedZone::name)
                    .filter(n -> n.endsWith(apex + "."))
                    .toList();
        });
    }

    @Test
    void aNewZoneHasItsNameServersAndAnSoaAndIsPublic() {
        both.agree("[NS, SOA] false", emulator -> {
            var zone = emulator.zone(apex);
            var types =
                    emulator.client().listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets().stream()
                            .map(ResourceRecordSet::typeAsString)
                            .toList();
            var listed = emulator.client()
                    .listHostedZonesByName(r -> r.dnsName(apex))
                    .hostedZones();
            return types + " " + listed.getFirst().config().privateZone();
        });
    }

    @Test
    void aFinishedChangeIsInsync() {
        both.agree("INSYNC", emulator -> {
            var change = emulator.change(emulator.zone(apex), challenge(UPSERT, name, 10, "token"));
            return emulator.client()
                    .getChange(r -> r.id(change.id()))
                    .changeInfo()
                    .status();
        });
    }

    @Test
    void everyErrorHasItsOwnRequestId() {
        both.agree("3 true", emulator -> {
            var ids = new HashSet<String>();
            for (int i = 0; i < 3; i++) {
                var error =
                        catchThrowableOfType(NoSuchHostedZoneException.class, () -> emulator.records("Z0000000000000"));
                ids.add(String.valueOf(error.requestId()));
            }
            return ids.size() + " " + ids.stream().allMatch(id -> id.length() == 36);
        });
    }

    @Test
    void aRoleIsTakenForAnHourAndItsSessionNamed() {
        var role = "arn:aws:iam::%s:role/dns";
        both.agreeOnSts(role, "arn:aws:sts::%s:assumed-role/dns/cert-manager", "PT1H");
    }

    /// Names below the test's own, with their types.
    private List<String> labels(ListResourceRecordSetsResponse page) {
        return page.resourceRecordSets().stream()
                .map(s -> s.name().replace("." + apex + ".", "") + " " + s.typeAsString())
                .toList();
    }

    private Change[] upserts(int count, String token) {
        return IntStream.range(0, count)
                .mapToObj(i -> challenge(UPSERT, "_acme-challenge.n%d.%s.".formatted(i, apex), 10, token))
                .toArray(Change[]::new);
    }
}
