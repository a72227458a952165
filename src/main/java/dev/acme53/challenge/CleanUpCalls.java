package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.route53.Caller;
import dev.acme53.route53.ChallengeRecord;
import dev.acme53.route53.RecordChanges;
import dev.acme53.route53.Route53Failure;
import dev.acme53.route53.WantedRecord.Presence;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The removal of a Challenge's record. Blocks, may be repeated.
///
/// @param isTerminating whether a namespace is being deleted; blocks
record CleanUpCalls(
        SolverSessions sessions,
        Places places,
        RecordChanges records,
        Claims claims,
        CleanUpGrace grace,
        Predicate<String> isTerminating,
        InstantSource clock) {

    /// Removes the record, wherever it was written; a record, name or zone that is not there counts as removed.
    /// @param then given what comes of it when Route 53 has answered
    void remove(Challenge challenge, Consumer<Callable<Outcome>> then) {
        var spec = challenge.getSpec();
        if (ChallengeName.of(spec).isEmpty() || !ChallengeRecord.isValue(spec.key())) {
            then.accept(Outcome.Removed::new); // no such record can have been written
            return;
        }
        switch (sessions.nowOrLast(challenge)) {
            case SolverSessions.Granted.Refused refused ->
                then.accept(() -> orLeftBehind(challenge, failed(refused.message())));
            case SolverSessions.Granted.To(Caller caller) ->
                remove(
                        challenge,
                        caller,
                        WrittenRecord.of(challenge)
                                .<Place>map(Place.At::new)
                                .orElseGet(() -> places.of(challenge, caller)),
                        then);
        }
    }

    private void remove(Challenge challenge, Caller caller, Place place, Consumer<Callable<Outcome>> then) {
        switch (place) {
            case Place.Unknown unknown -> then.accept(() -> orLeftBehind(challenge, failed(unknown.reason())));
            case Place.NoZone _ -> then.accept(Outcome.Removed::new); // the zone went, and every record with it
            case Place.At(WrittenRecord record)
            when claims.isHeldByAnother(challenge, record) -> then.accept(Outcome.Removed::new);
            case Place.At(WrittenRecord record) ->
                records.want(
                        caller,
                        record.zoneId(),
                        record.wanted(challenge, Presence.ABSENT),
                        result -> then.accept(() -> removed(challenge, result)));
        }
    }

    private Outcome removed(Challenge challenge, RecordChanges.ChangeResult result) {
        return switch (result) {
            case RecordChanges.ChangeResult.Accepted _ -> new Outcome.Removed();
            case RecordChanges.ChangeResult.AlreadyAbsent _ -> new Outcome.Removed();
            case RecordChanges.ChangeResult.Failed gone
            when gone.failure() instanceof Route53Failure.NoSuchZone -> new Outcome.Removed();
            case RecordChanges.ChangeResult.Failed refused ->
                orLeftBehind(challenge, failed(refused.failure().message()));
        };
    }

    /// What cannot be removed is left behind when the grace is over.
    private Outcome orLeftBehind(Challenge challenge, Outcome.NotRemoved failed) {
        if (!challenge.isMarkedForDeletion()) {
            return failed;
        }
        var deleted = Instant.parse(challenge.getMetadata().getDeletionTimestamp());
        var now = clock.instant();
        if (grace.mayBeOver(deleted, now)) {
            var terminating = isTerminating.test(challenge.getMetadata().getNamespace());
            if (grace.isOver(deleted, now, terminating)) {
                return new Outcome.LeftBehind(failed.reason(), terminating);
            }
        }
        return new Outcome.NotRemoved(failed.reason(), grace.nextEnd(deleted, now));
    }

    private static Outcome.NotRemoved failed(String reason) {
        return new Outcome.NotRemoved(reason, Optional.empty());
    }
}
