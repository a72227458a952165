package dev.acme53.route53;

import dev.acme53.route53.RequestBudget.Use;
import dev.acme53.route53.Route53Failures.Operation;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.model.Change;

/// `ChangeResourceRecordSets`, once.
record BatchCall(AccountCalls calls, String zoneId, LaneLog log) {
    static final Route53Failure STOPPED =
            new Route53Failure.Transient(Operation.CHANGE.saying("interrupted: the controller stops"));

    private static final String COMMENT = "Managed by cert-manager";

    /// Waits until a call may be made in the name of `caller`, or of one of the others if the turn of one comes first.
    /// @param others asked again and again, since some may come meanwhile
    Turn turn(Caller caller, Supplier<List<Caller>> others) throws InterruptedException {
        log.waitsForTurn(caller);
        try (var place = calls.place(Use.WRITE)) {
            place.join(caller);
            while (true) {
                var turn = place.turn();
                if (turn.isPresent()) {
                    return turn.get();
                }
                place.pause();
                others.get().stream().filter(place::join).forEach(log::waitsForTurn);
            }
        } finally {
            log.hasTurn();
        }
    }

    /// Waits until a call may be made, and sends.
    BatchAnswer send(Caller caller, List<Change> changes) {
        try {
            return send(turn(caller, List::of), caller, changes);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new BatchAnswer.Failed(STOPPED);
        }
    }

    /// Sends `changes` together: all of them come to be, or none.
    BatchAnswer send(Turn turn, Caller caller, List<Change> changes) {
        log.calls(caller, changes.size());
        try {
            var info = turn.call(
                            caller,
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
