package dev.acme53.route53;

import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.RequestBudget.Use;
import dev.acme53.route53.Route53Failures.Operation;
import dev.acme53.route53.WantedRecord.Merged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// One record that Route 53 has rejected by itself: what stands in its place is looked at, where
/// `ListResourceRecordSets` is allowed, and what can be done is done.
///
/// Nothing but our own value is ever removed. A name whose TXT record is a simple one, of somebody else, keeps it: our
/// value joins the others there, and leaves them again (route53.md §5.6). Route 53 has no compare-and-swap, so what was
/// merged is read once more after it was written.
record OddRecord(AccountCalls calls, BatchCall batch, Entry entry, Complaint complaint) {
    private static final Logger LOG = LoggerFactory.getLogger(OddRecord.class);
    private static final int MERGES = 3;

    /// What becomes of it without a call; empty when one is needed.
    static Optional<ChangeResult> unasked(Entry entry, Complaint complaint) {
        if (entry.isWantedPresent()) {
            return complaint.saysOtherKind() ? Optional.empty() : Optional.of(rejected(complaint.text()));
        }
        return complaint.saysNotFound() && entry.merged() == Merged.NO
                ? Optional.of(new ChangeResult.AlreadyAbsent())
                : Optional.empty();
    }

    ChangeResult settle() {
        try {
            return entry.isWantedPresent() ? present() : absent();
        } catch (SdkException e) {
            return new ChangeResult.Failed(Route53Failures.of(Operation.CHANGE, e));
        }
    }

    private ChangeResult present() {
        var stored = listed();
        if (stored.isEmpty()) {
            return rejected(complaint.text() + " ListResourceRecordSets, which is denied, would let the value join it");
        }
        return simple(stored.get()).map(this::merged).orElseGet(() -> rejected(complaint.text()));
    }

    private ChangeResult merged(ResourceRecordSet simple) {
        var found = simple;
        ChangeResult result = rejected(complaint.text());
        for (var tries = 0; tries < MERGES; tries++) {
            result = send(ChangeAction.UPSERT, with(found, true));
            var now = result instanceof ChangeResult.Accepted
                    ? listed().flatMap(this::simple)
                    : Optional.<ResourceRecordSet>empty();
            if (now.isEmpty() || holdsOurs(now.get())) {
                return result;
            }
            found = now.get();
        }
        return result;
    }

    private ChangeResult absent() {
        var stored = listed();
        if (stored.isEmpty() && entry.merged() == Merged.YES) {
            return rejected(complaint.text() + " The value stands in another record, and ListResourceRecordSets, which"
                    + " is denied, is needed to take it out");
        }
        if (stored.isEmpty()) {
            return complaint.saysNotFound()
                    ? new ChangeResult.AlreadyAbsent()
                    : leftAlone("it has another shape than ours and may not be listed");
        }
        var ours = stored.get().stream()
                .filter(s -> entry.record().quoted().equals(s.setIdentifier()))
                .findFirst();
        if (ours.isPresent()) {
            return ours.get().resourceRecords().size() == 1 && holdsOurs(ours.get())
                    ? send(ChangeAction.DELETE, ours.get())
                    : leftAlone("it no longer holds what was written");
        }
        return simple(stored.get())
                .filter(this::holdsOurs)
                .map(s -> s.resourceRecords().size() == 1
                        ? send(ChangeAction.DELETE, s)
                        : send(ChangeAction.UPSERT, with(s, false)))
                .orElseGet(ChangeResult.AlreadyAbsent::new);
    }

    /// The TXT record sets of the name; empty when listing is not allowed.
    private Optional<List<ResourceRecordSet>> listed() {
        var name = entry.record().name();
        try {
            var sets = calls.call(
                            entry.caller(),
                            Use.WRITE,
                            client -> client.listResourceRecordSets(r -> r.hostedZoneId(batch.zoneId())
                                    .startRecordName(name.absolute())
                                    .startRecordType(RRType.TXT)))
                    .resourceRecordSets();
            return Optional.of(sets.stream()
                    .filter(s -> s.type() == RRType.TXT
                            && ZoneNames.of(s.name()).filter(name::equals).isPresent())
                    .toList());
        } catch (SdkException e) {
            if (Route53Failures.of(Operation.CHANGE, e) instanceof Route53Failure.Permanent) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<ResourceRecordSet> simple(List<ResourceRecordSet> sets) {
        return sets.stream()
                .filter(s -> s.setIdentifier() == null && s.aliasTarget() == null)
                .findFirst();
    }

    private boolean holdsOurs(ResourceRecordSet set) {
        return set.resourceRecords().stream()
                .anyMatch(r -> r.value().equals(entry.record().quoted()));
    }

    private ResourceRecordSet with(ResourceRecordSet set, boolean ours) {
        var values = new ArrayList<>(set.resourceRecords());
        values.removeIf(r -> r.value().equals(entry.record().quoted()));
        if (ours) {
            values.add(ResourceRecord.builder().value(entry.record().quoted()).build());
        }
        return set.toBuilder().resourceRecords(values).build();
    }

    private ChangeResult send(ChangeAction action, ResourceRecordSet set) {
        var change = Change.builder().action(action).resourceRecordSet(set).build();
        return switch (batch.send(entry.caller(), List.of(change))) {
            case BatchAnswer.Accepted taken -> new ChangeResult.Accepted(taken.changeId(), set.setIdentifier() == null);
            case BatchAnswer.Busy busy -> new ChangeResult.Failed(busy.failure());
            case BatchAnswer.Rejected rejected -> new ChangeResult.Failed(rejected.failure());
            case BatchAnswer.Denied denied -> new ChangeResult.Failed(denied.failure());
            case BatchAnswer.Failed failed -> new ChangeResult.Failed(failed.failure());
        };
    }

    private static ChangeResult rejected(String words) {
        return new ChangeResult.Failed(
                new Route53Failure.RejectedRecord(Operation.CHANGE.saying(LegacyErrors.CODE + ": [" + words + "]")));
    }

    private ChangeResult leftAlone(String why) {
        LOG.atWarn()
                .addKeyValue("hosted_zone_id", batch.zoneId())
                .addKeyValue("dns_name", entry.record().name())
                .addKeyValue("why", why)
                .log("record left alone");
        return new ChangeResult.AlreadyAbsent();
    }
}
