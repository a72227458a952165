package dev.acme53.route53;

import dev.acme53.route53.RequestBudget.Use;
import dev.acme53.route53.Route53Failures.Operation;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.model.Change;

/// `ChangeResourceRecordSets`, once.
record BatchCall(AccountCalls calls, String zoneId, LaneLog log) {
    private static final String COMMENT = "Managed by cert-manager";

    /// Sends `changes` together: all of them come to be, or none.
    BatchAnswer send(Caller caller, List<Change> changes) {
        log.calls(caller, changes.size());
        try {
            var info = calls.call(
                            caller,
                            Use.WRITE,
                            client -> client.changeResourceRecordSets(r -> r.hostedZoneId(zoneId)
                                    .changeBatch(b -> b.comment(COMMENT).changes(changes))))
                    .changeInfo();
            calls.observer().accepted(changes.size());
            log.accepted(changes.size());
            return new BatchAnswer.Accepted(ZoneNames.idOf(info.id()));
        } catch (SdkException e) {
            return refused(e);
        } finally {
            log.hasAnswer();
        }
    }

    private static BatchAnswer refused(SdkException e) {
        var failure = Route53Failures.of(Operation.CHANGE, e);
        return switch (failure) {
            case Route53Failure.Throttled _ -> new BatchAnswer.Busy(failure, Route53Failures.isOverRate(e));
            case Route53Failure.RejectedRecord _ -> new BatchAnswer.Rejected(Route53Failures.complaints(e), failure);
            case Route53Failure.Permanent _ -> new BatchAnswer.Denied(failure);
            case Route53Failure.NoSuchZone _, Route53Failure.BadCredentials _, Route53Failure.Transient _ ->
                new BatchAnswer.Failed(failure);
        };
    }
}
