package dev.acme53.it.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/// One of the two Route 53s under comparison, with outcomes as texts that can be compared.
///
/// @param client retries nothing
record Emulator(Route53Client client) {
    /// A step of a script: what it returns is its outcome.
    interface Step {
        Object run(Emulator emulator);
    }

    /// What a step returned, or `Code: message` of the error that it ended in. AWS puts the messages of
    /// `InvalidChangeBatch` in brackets, LocalStack does not: they are left out.
    String outcome(Step step) {
        try {
            return String.valueOf(step.run(this));
        } catch (Route53Exception e) {
            var details = e.awsErrorDetails();
            return details.errorCode() + ": "
                    + String.valueOf(details.errorMessage()).replaceAll("^\\[(.*)]$", "$1");
        }
    }

    /// A new public zone; the result is its id.
    String zone(String name) {
        return client.createHostedZone(
                        r -> r.name(name).callerReference(UUID.randomUUID().toString()))
                .hostedZone()
                .id();
    }

    ChangeInfo change(String zoneId, Change... changes) {
        return client.changeResourceRecordSets(r -> r.hostedZoneId(zoneId).changeBatch(b -> b.changes(changes)))
                .changeInfo();
    }

    /// `ok` when the batch is accepted.
    String accepted(String zoneId, Change... changes) {
        change(zoneId, changes);
        return "ok";
    }

    /// The record sets that are not the zone's own NS and SOA, one text each.
    List<String> records(String zoneId) {
        return client.listResourceRecordSets(r -> r.hostedZoneId(zoneId)).resourceRecordSets().stream()
                .filter(s -> s.type() != RRType.NS && s.type() != RRType.SOA)
                .map(Emulator::text)
                .toList();
    }

    static String text(ResourceRecordSet set) {
        return "%s %s %d %s %s %s"
                .formatted(
                        set.name(),
                        set.typeAsString(),
                        set.ttl(),
                        set.setIdentifier(),
                        set.multiValueAnswer(),
                        set.resourceRecords().stream()
                                .map(ResourceRecord::value)
                                .toList());
    }

    /// A change of a challenge's record.
    static Change challenge(ChangeAction action, String name, long ttl, String token) {
        var quoted = '"' + token + '"';
        return Change.builder()
                .action(action)
                .resourceRecordSet(s -> s.name(name)
                        .type(RRType.TXT)
                        .ttl(ttl)
                        .multiValueAnswer(true)
                        .setIdentifier(quoted)
                        .resourceRecords(ResourceRecord.builder().value(quoted).build()))
                .build();
    }

    /// A change of a simple record.
    static Change simple(ChangeAction action, String name, RRType type, String... values) {
        var records = new ArrayList<ResourceRecord>();
        for (var value : values) {
            records.add(ResourceRecord.builder().value(value).build());
        }
        return Change.builder()
                .action(action)
                .resourceRecordSet(s -> s.name(name).type(type).ttl(300L).resourceRecords(records))
                .build();
    }
}
