package dev.acme53.it.simulator;

import static dev.acme53.it.simulator.Emulator.challenge;
import static dev.acme53.it.simulator.Emulator.simple;
import static software.amazon.awssdk.services.route53.model.ChangeAction.DELETE;
import static software.amazon.awssdk.services.route53.model.ChangeAction.UPSERT;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.RRType;

/// The same calls on our simulator and on LocalStack, where LocalStack does not do as AWS does: each difference
/// is pinned down, with the reason why it is not the simulator that is wrong.
class LocalStackFaultsIT {
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
    void aMultivalueRecordBesideASimpleOne() {
        both.differ(
                "AWS refuses the mixture, as users met when earlier versions had left simple records behind",
                emulator -> {
                    var zone = emulator.zone(apex);
                    emulator.change(zone, simple(UPSERT, name, RRType.TXT, "\"simple\""));
                    return emulator.accepted(zone, challenge(UPSERT, name, 10, "token"));
                },
                "InvalidChangeBatch: RRSet with DNS name %s, type TXT, SetIdentifier \"token\" cannot be created because a non multivalue answer rrset exists with the same name and type."
                        .formatted(name),
                "ok");
    }

    @Test
    void aTxtRecordBesideACname() {
        both.differ(
                "a CNAME stands alone in DNS, and AWS keeps it so",
                emulator -> {
                    var zone = emulator.zone(apex);
                    emulator.change(zone, simple(UPSERT, name, RRType.CNAME, "elsewhere.test."));
                    return emulator.accepted(zone, challenge(UPSERT, name, 10, "token"));
                },
                "InvalidChangeBatch: RRSet of type TXT with DNS name %s is not permitted because a conflicting RRSet of type  CNAME with the same DNS name already exists in zone %s."
                        .formatted(name, apex),
                "ok");
    }

    @Test
    void aTxtValueWithoutQuotes() {
        both.differ(
                "AWS takes quoted strings only",
                emulator -> emulator.accepted(emulator.zone(apex), simple(UPSERT, name, RRType.TXT, "token")),
                "InvalidChangeBatch: Invalid Resource Record: FATAL problem: InvalidCharacterString (Value should be enclosed in quotation marks) encountered with 'token'",
                "ok");
    }

    @Test
    void deletingARecordThatIsNotThere() {
        both.differ(
                "AWS answers InvalidChangeBatch with 'not found', on which every client's clean-up relies",
                emulator -> emulator.accepted(emulator.zone(apex), challenge(DELETE, name, 10, "token")),
                "InvalidChangeBatch: Tried to delete resource record set [name='%s', type='TXT', set-identifier='\"token\"'] but it was not found"
                        .formatted(name),
                "InvalidInput: Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with [Action=DELETE, Name=%s, Type=TXT, SetIdentifier=\"token\"]"
                        .formatted(name));
    }

    @Test
    void deletingARecordByItsIdentifierOnly() {
        both.differ(
                "a set identifier is unique under its name and type, not in the zone",
                emulator -> {
                    var zone = emulator.zone(apex);
                    emulator.change(
                            zone,
                            challenge(UPSERT, name, 10, "token"),
                            challenge(UPSERT, "_acme-challenge.www." + name.substring(16), 10, "token"));
                    emulator.change(zone, challenge(DELETE, name, 10, "token"));
                    return emulator.records(zone).size();
                },
                "1",
                "0");
    }

    @Test
    void aBatchWithOneBadChange() {
        both.differ(
                "AWS applies all of a batch or nothing",
                emulator -> {
                    var zone = emulator.zone(apex);
                    var refused = emulator.outcome(e -> e.accepted(
                            zone,
                            challenge(UPSERT, name, 10, "token"),
                            challenge(UPSERT, "_acme-challenge.other.test.", 10, "token")));
                    return refused.startsWith("InvalidChangeBatch") + " "
                            + emulator.records(zone).size();
                },
                "true 0",
                "true 1");
    }

    @Test
    void upsertsCountTwiceAndCharactersCountToo() {
        both.differ(
                "AWS's developer guide, 'Quotas': 32,000 characters, each twice for UPSERT",
                emulator -> emulator.accepted(emulator.zone(apex), upserts(356, "x".repeat(43))),
                "InvalidChangeBatch: RDATA character limit of 32000 exceeded.",
                "ok");
    }

    @Test
    void zonesFromANameOn() {
        both.differ(
                "dnsname says where AWS's listing starts, not what it is restricted to",
                emulator -> {
                    emulator.zone(apex);
                    emulator.zone("a." + apex);
                    return emulator.client().listHostedZonesByName(r -> r.dnsName(apex)).hostedZones().stream()
                            .filter(z -> z.name().endsWith(apex + "."))
                            .count();
                },
                "2",
                "1");
    }

    @Test
    void zonesInPages() {
        both.differ(
                "LocalStack ignores maxitems and has no pages",
                emulator -> {
                    emulator.zone(apex);
                    emulator.zone("a." + apex);
                    return emulator.client()
                            .listHostedZonesByName(r -> r.maxItems("1"))
                            .isTruncated();
                },
                "true",
                "false");
    }

    @Test
    void anUnknownChange() {
        both.differ(
                "LocalStack keeps no changes: whatever it is asked for is INSYNC",
                emulator -> emulator.client()
                        .getChange(r -> r.id("C0000000000000"))
                        .changeInfo()
                        .status(),
                "NoSuchChange: Could not find resource with ID: C0000000000000",
                "INSYNC");
    }

    private Change[] upserts(int count, String token) {
        return IntStream.range(0, count)
                .mapToObj(i -> challenge(UPSERT, "_acme-challenge.n%d.%s.".formatted(i, apex), 10, token))
                .toArray(Change[]::new);
    }
}
