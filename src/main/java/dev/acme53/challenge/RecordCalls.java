package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.api.EventReasons;
import dev.acme53.route53.Caller;
import dev.acme53.route53.Changes;
import dev.acme53.route53.RecordChanges;
import dev.acme53.route53.Route53Failure;
import dev.acme53.route53.WantedRecord.Presence;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

/// A Challenge's calls to Route 53 until its record is in sync. All block, all may be repeated.
final class RecordCalls {
    /// Route 53's answer to the same record in the same zone is the same, and each asking counts (route53.md §5.4).
    private static final Duration AFTER_REJECTION = Duration.ofMinutes(5);

    private final SolverSessions sessions;
    private final Places places;
    private final RecordChanges records;
    private final Changes changes;
    private final Claims claims;

    RecordCalls(SolverSessions sessions, Places places, RecordChanges records, Changes changes, Claims claims) {
        this.sessions = sessions;
        this.places = places;
        this.records = records;
        this.changes = changes;
        this.claims = claims;
    }

    /// Where the record of `challenge` belongs: at its own name or at the end of the CNAME chain, in the zone that the
    /// solver names or that is found. While it may stand where the Challenge notes another place, that one.
    Outcome locate(Challenge challenge) {
        return as(challenge, caller -> switch (places.of(challenge, caller)) {
            case Place.At(WrittenRecord place) ->
                new Outcome.Located(left(challenge, place)
                        .map(noted -> WrittenRecord.at(noted.zoneId(), noted.name()))
                        .orElse(place));
            case Place.Unknown unknown -> failed(unknown.reason());
            case Place.NoZone none -> failed(none.reason());
        });
    }

    /// The place that is noted, when it is not where the record belongs.
    private Optional<WrittenRecord> left(Challenge challenge, WrittenRecord place) {
        return WrittenRecord.of(challenge)
                .filter(noted -> !noted.isAtPlaceOf(place) && !claims.isHeldByAnother(challenge, noted));
    }

    /// Has Route 53 write the record, where it belongs now: `record` comes from an annotation that others may have
    /// written, so it says where to look for what was written, and never where to write (ADR 7). When the record
    /// belongs elsewhere by now, that is the answer, and nothing is written.
    /// @param permit from before anything was asked: when it is withdrawn meanwhile, nothing is written
    /// @param then given what comes of it when Route 53 has answered
    void write(Challenge challenge, WrittenRecord record, WritePermit permit, Consumer<Callable<Outcome>> then) {
        if (claims.isFullFor(challenge, record)) {
            then.accept(Outcome.Crowded::new);
            return;
        }
        switch (sessions.now(challenge)) {
            case SolverSessions.Granted.To(Caller caller) -> {
                switch (places.of(challenge, caller)) {
                    case Place.At(WrittenRecord place)
                    when place.isAtPlaceOf(record) -> want(challenge, caller, record, permit, then);
                    case Place.At(WrittenRecord place) -> move(challenge, caller, place, then);
                    case Place.Unknown unknown -> then.accept(() -> failed(unknown.reason()));
                    case Place.NoZone none -> then.accept(() -> failed(none.reason()));
                }
            }
            case SolverSessions.Granted.Refused refused -> then.accept(() -> failed(refused.message()));
        }
    }

    /// The annotation holds one place and is all that clean-up knows: what may stand there is removed before it says
    /// another (ADR 13).
    private void move(Challenge challenge, Caller caller, WrittenRecord place, Consumer<Callable<Outcome>> then) {
        var left = left(challenge, place);
        if (left.isEmpty()) {
            then.accept(() -> new Outcome.Located(place));
            return;
        }
        var record = left.get();
        records.want(
                caller,
                record.zoneId(),
                record.wanted(challenge, Presence.ABSENT),
                result -> then.accept(
                        () -> stays(challenge, result).map(RecordCalls::failed).orElse(new Outcome.Located(place))));
    }

    /// Why a record may still be where it was; empty when it is not. A place that is refused to us, and where Route 53
    /// took nothing before, as when a CNAME led to a zone of somebody else, holds nothing of ours.
    private static Optional<String> stays(Challenge challenge, RecordChanges.ChangeResult result) {
        return switch (result) {
            case RecordChanges.ChangeResult.Accepted _, RecordChanges.ChangeResult.AlreadyAbsent _ -> Optional.empty();
            case RecordChanges.ChangeResult.Failed(Route53Failure failure) ->
                switch (failure) {
                    case Route53Failure.NoSuchZone _ -> Optional.empty();
                    case Route53Failure.Permanent refused ->
                        challenge.statusOrEmpty().presentedAt() == null
                                ? Optional.empty()
                                : Optional.of(refused.message());
                    case Route53Failure.RejectedRecord _,
                            Route53Failure.BadCredentials _,
                            Route53Failure.Throttled _,
                            Route53Failure.Transient _ -> Optional.of(failure.message());
                };
        };
    }

    private void want(
            Challenge challenge,
            Caller caller,
            WrittenRecord record,
            WritePermit permit,
            Consumer<Callable<Outcome>> then) {
        if (!permit.use(record)) {
            then.accept(() -> new Outcome.Failed("its clean-up has begun", "", Optional.empty()));
            return;
        }
        try {
            records.want(caller, record.zoneId(), record.wanted(challenge, Presence.PRESENT), result -> {
                permit.answered(record);
                then.accept(() -> written(caller, record, result));
            });
        } catch (RuntimeException | Error e) {
            permit.answered(record); // a clean-up that waited for it would wait for good
            throw e;
        }
    }

    private Outcome written(Caller caller, WrittenRecord record, RecordChanges.ChangeResult result) {
        return switch (result) {
            case RecordChanges.ChangeResult.Accepted accepted ->
                new Outcome.Written(record.withChange(accepted.changeId(), accepted.isMerged()));
            case RecordChanges.ChangeResult.AlreadyAbsent _ ->
                throw new IllegalStateException("a record that is wanted present is never absent already");
            case RecordChanges.ChangeResult.Failed refused -> notWritten(caller, record, refused.failure());
        };
    }

    private Outcome notWritten(Caller caller, WrittenRecord record, Route53Failure failure) {
        return switch (failure) {
            case Route53Failure.NoSuchZone gone -> misplaced(caller, record, gone.message(), Duration.ZERO);
            case Route53Failure.RejectedRecord rejected ->
                misplaced(caller, record, rejected.message(), AFTER_REJECTION);
            case Route53Failure.Permanent _,
                    Route53Failure.BadCredentials _,
                    Route53Failure.Throttled _,
                    Route53Failure.Transient _ -> failed(failure.message());
        };
    }

    private Outcome misplaced(Caller caller, WrittenRecord record, String reason, Duration earliest) {
        places.forget(caller, record.name());
        return new Outcome.Misplaced(reason, earliest);
    }

    /// Asks whether the change is in sync.
    /// @param wake run when a change that is not will be
    Outcome confirm(Challenge challenge, WrittenRecord record, String change, Runnable wake) {
        return as(challenge, caller -> switch (changes.follow(caller, change, wake)) {
            case Changes.ChangeStatus.Pending _ -> new Outcome.Unconfirmed();
            case Changes.ChangeStatus.InSync _ -> new Outcome.Confirmed();
            case Changes.ChangeStatus.Unknown _ ->
                new Outcome.ChangeLost(WrittenRecord.at(record.zoneId(), record.name()));
            case Changes.ChangeStatus.Failed refused -> failed(refused.failure().message());
        });
    }

    /// Runs `call` with the credentials of the challenge's solver.
    private Outcome as(Challenge challenge, Function<Caller, Outcome> call) {
        return switch (sessions.now(challenge)) {
            case SolverSessions.Granted.To(Caller caller) -> call.apply(caller);
            case SolverSessions.Granted.Refused refused -> failed(refused.message());
        };
    }

    private static Outcome failed(String reason) {
        return new Outcome.Failed(reason, EventReasons.Challenge.PRESENT_ERROR, Optional.empty());
    }
}
