package dev.acme53.route53;

import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.Route53Failures.Operation;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// One `ChangeResourceRecordSets` call for one wanted record.
record RecordChange(Caller caller, String zoneId, WantedRecord wanted) {
    private static final Logger LOG = LoggerFactory.getLogger(RecordChange.class);
    private static final String COMMENT = "Managed by cert-manager";

    /// Calls once.
    ChangeResult submit() {
        var set = wanted.record().recordSet();
        return switch (wanted.presence()) {
            case PRESENT -> upsert(set);
            case ABSENT -> delete(set);
        };
    }

    private ChangeResult upsert(ResourceRecordSet set) {
        try {
            return accepted(ChangeAction.UPSERT, set);
        } catch (SdkException e) {
            return failed(e);
        }
    }

    /// Refused as `InvalidChangeBatch`, there is no record of this shape. Mostly there is none at all; when somebody
    /// changed ours (its TTL, say), that one goes.
    private ChangeResult delete(ResourceRecordSet set) {
        try {
            return accepted(ChangeAction.DELETE, set);
        } catch (SdkException e) {
            if (!Route53Failures.code(e).equals(LegacyErrors.CODE)) {
                return failed(e);
            }
            return saysNotFound(e) ? new ChangeResult.AlreadyAbsent() : deleteAsStored();
        }
    }

    private ChangeResult deleteAsStored() {
        try {
            var stored = stored();
            if (stored.isEmpty()) {
                return new ChangeResult.AlreadyAbsent();
            }
            var values = stored.get().resourceRecords();
            return values.size() == 1
                            && values.getFirst().value().equals(wanted.record().quoted())
                    ? accepted(ChangeAction.DELETE, stored.get())
                    : leftAlone("it no longer holds what was written");
        } catch (SdkException e) {
            return Route53Failures.of(Operation.CHANGE, e) instanceof Route53Failure.Permanent
                    ? leftAlone("it has another shape than ours and may not be listed")
                    : failed(e);
        }
    }

    private ChangeResult leftAlone(String why) {
        LOG.atWarn()
                .addKeyValue("hosted_zone_id", zoneId)
                .addKeyValue("dns_name", wanted.record().name())
                .addKeyValue("why", why)
                .log("record left alone");
        return new ChangeResult.AlreadyAbsent();
    }

    private Optional<ResourceRecordSet> stored() {
        var record = wanted.record();
        return caller
                .client()
                .get()
                .listResourceRecordSets(r -> r.hostedZoneId(zoneId)
                        .startRecordName(record.name().absolute())
                        .startRecordType(RRType.TXT)
                        .startRecordIdentifier(record.quoted())
                        .maxItems("1"))
                .resourceRecordSets()
                .stream()
                .filter(s -> s.type() == RRType.TXT
                        && record.quoted().equals(s.setIdentifier())
                        && ZoneNames.of(s.name()).filter(record.name()::equals).isPresent())
                .findFirst();
    }

    private ChangeResult accepted(ChangeAction action, ResourceRecordSet set) {
        var change = Change.builder().action(action).resourceRecordSet(set).build();
        var info = caller.client()
                .get()
                .changeResourceRecordSets(r -> r.hostedZoneId(zoneId)
                        .changeBatch(b -> b.comment(COMMENT).changes(change)))
                .changeInfo();
        return new ChangeResult.Accepted(ZoneNames.idOf(info.id()));
    }

    private static boolean saysNotFound(SdkException e) {
        return e instanceof AwsServiceException answered
                && Route53Failures.words(answered).contains("not found");
    }

    private static ChangeResult failed(SdkException e) {
        return new ChangeResult.Failed(Route53Failures.of(Operation.CHANGE, e));
    }
}
