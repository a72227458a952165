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
    private final RecordPlaces places;
    private final RecordChanges records;
    private final Changes changes;
    private final Claims claims;

    RecordCalls(SolverSessions sessions, RecordPlaces places, RecordChanges records, Changes changes, Claims claims) {
        this.sessions = sessions;
        this.places = places;
        this.records = records;
        this.changes = changes;
        this.claims = claims;
    }

    /// Where the record of `challenge` belongs: at its own name or at the end of the CNAME chain, in the zone that the
    /// solver names or that is found.
    Outcome locate(Challenge challenge) {
        return as(challenge, caller -> switch (places.of(challenge, caller)) {
            case Place.At at -> new Outcome.Located(at.record());
            case Place.Unknown unknown -> failed(unknown.reason());
            case Place.NoZone none -> failed(none.reason());
        });
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
                    case Place.At at
                    when at.record().isAtPlaceOf(record) -> want(challenge, caller, record, permit, then);
                    case Place.At at -> then.accept(() -> new Outcome.Located(at.record()));
                    case Place.Unknown unknown -> then.accept(() -> failed(unknown.reason()));
                    case Place.NoZone none -> then.accept(() -> failed(none.reason()));
                }
            }
            case SolverSessions.Granted.Refused refused -> then.accept(() -> failed(refused.message()));
        }
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
