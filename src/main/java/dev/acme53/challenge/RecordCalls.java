package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.CnameStrategy;
import dev.acme53.api.EventReasons;
import dev.acme53.api.Route53Solver;
import dev.acme53.aws.AmbientRights;
import dev.acme53.aws.AwsIdentities;
import dev.acme53.aws.AwsSession;
import dev.acme53.aws.IssuerScope;
import dev.acme53.aws.Resolution;
import dev.acme53.dns.Cnames;
import dev.acme53.dns.Resolvers;
import dev.acme53.dns.ZoneCuts;
import dev.acme53.names.DnsName;
import dev.acme53.route53.Caller;
import dev.acme53.route53.ChallengeRecord;
import dev.acme53.route53.Changes;
import dev.acme53.route53.Delegation;
import dev.acme53.route53.HostedZones;
import dev.acme53.route53.RecordChanges;
import dev.acme53.route53.Route53Failure;
import dev.acme53.route53.WantedRecord;
import dev.acme53.route53.WantedRecord.Presence;
import dev.acme53.route53.ZoneChoice;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// A Challenge's calls to Route 53. All block, all may be repeated.
final class RecordCalls {
    /// Route 53's answer to the same record in the same zone is the same, and each asking counts (route53.md §5.4).
    private static final Duration AFTER_REJECTION = Duration.ofMinutes(5);

    private final AwsIdentities identities;
    private final HostedZones zones;
    private final RecordChanges records;
    private final Changes changes;
    private final Resolvers resolvers;
    private final ChallengeSettings settings;
    private final String clusterResourceNamespace;

    RecordCalls(
            AwsIdentities identities,
            HostedZones zones,
            RecordChanges records,
            Changes changes,
            Resolvers resolvers,
            ChallengeSettings settings,
            String clusterResourceNamespace) {
        this.identities = identities;
        this.zones = zones;
        this.records = records;
        this.changes = changes;
        this.resolvers = resolvers;
        this.settings = settings;
        this.clusterResourceNamespace = clusterResourceNamespace;
    }

    /// Where the record of `challenge` belongs: at its own name or at the end of the CNAME chain, in the zone that the
    /// solver names or that is found.
    Outcome locate(Challenge challenge) {
        return as(challenge, EventReasons.Challenge.PRESENT_ERROR, caller -> switch (place(challenge, caller)) {
            case Place.At at -> new Outcome.Located(at.record);
            case Place.Unknown unknown -> failed(unknown.reason, EventReasons.Challenge.PRESENT_ERROR);
            case Place.NoZone none -> failed(none.reason, EventReasons.Challenge.PRESENT_ERROR);
        });
    }

    /// Has Route 53 write the record, where it belongs now: `record` comes from an annotation that others may have
    /// written, so it says where to look for what was written, and never where to write (ADR 7). When the record
    /// belongs elsewhere by now, that is the answer, and nothing is written.
    Outcome write(Challenge challenge, WrittenRecord record) {
        return as(challenge, EventReasons.Challenge.PRESENT_ERROR, caller -> switch (place(challenge, caller)) {
            case Place.At at when at.record.isAtPlaceOf(record) -> write(challenge, caller, record);
            case Place.At at -> new Outcome.Located(at.record);
            case Place.Unknown unknown -> failed(unknown.reason, EventReasons.Challenge.PRESENT_ERROR);
            case Place.NoZone none -> failed(none.reason, EventReasons.Challenge.PRESENT_ERROR);
        });
    }

    private Outcome write(Challenge challenge, Caller caller, WrittenRecord record) {
        return switch (records.want(caller, record.zoneId(), wanted(challenge, record, Presence.PRESENT))) {
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
                    Route53Failure.Transient _ -> failed(failure.message(), EventReasons.Challenge.PRESENT_ERROR);
        };
    }

    private Outcome misplaced(Caller caller, WrittenRecord record, String reason, Duration earliest) {
        zones.forget(caller, record.name());
        return new Outcome.Misplaced(reason, earliest);
    }

    /// Asks whether the change is in sync.
    /// @param wake run when a change that is not will be
    Outcome confirm(Challenge challenge, WrittenRecord record, String change, Runnable wake) {
        return as(challenge, EventReasons.Challenge.PRESENT_ERROR, caller -> switch (changes.follow(
                caller, change, wake)) {
            case Changes.ChangeStatus.Pending _ -> new Outcome.Unconfirmed();
            case Changes.ChangeStatus.InSync _ -> new Outcome.Confirmed();
            case Changes.ChangeStatus.Unknown _ ->
                new Outcome.ChangeLost(WrittenRecord.at(record.zoneId(), record.name()));
            case Changes.ChangeStatus.Failed refused ->
                failed(refused.failure().message(), EventReasons.Challenge.PRESENT_ERROR);
        });
    }

    /// Removes the record, wherever it was written; a record, name or zone that is not there counts as removed.
    Outcome remove(Challenge challenge) {
        var spec = challenge.getSpec();
        if (ChallengeName.of(spec).isEmpty() || !ChallengeRecord.isValue(spec.key())) {
            return new Outcome.Removed(); // no such record can have been written
        }
        return as(
                challenge,
                EventReasons.Challenge.CLEAN_UP_ERROR,
                caller -> WrittenRecord.of(challenge)
                        .<Place>map(Place.At::new)
                        .map(at -> remove(challenge, caller, at))
                        .orElseGet(() -> remove(challenge, caller, place(challenge, caller))));
    }

    private Outcome remove(Challenge challenge, Caller caller, Place place) {
        return switch (place) {
            case Place.Unknown unknown -> failed(unknown.reason, EventReasons.Challenge.CLEAN_UP_ERROR);
            case Place.NoZone _ -> new Outcome.Removed(); // the zone went, and every record with it
            case Place.At at ->
                switch (records.want(caller, at.record.zoneId(), wanted(challenge, at.record, Presence.ABSENT))) {
                    case RecordChanges.ChangeResult.Accepted _ -> new Outcome.Removed();
                    case RecordChanges.ChangeResult.AlreadyAbsent _ -> new Outcome.Removed();
                    case RecordChanges.ChangeResult.Failed gone
                    when gone.failure() instanceof Route53Failure.NoSuchZone -> new Outcome.Removed();
                    case RecordChanges.ChangeResult.Failed refused ->
                        failed(refused.failure().message(), EventReasons.Challenge.CLEAN_UP_ERROR);
                };
        };
    }

    private Place place(Challenge challenge, Caller caller) {
        var spec = challenge.getSpec();
        var name = ChallengeName.of(spec).orElseThrow();
        var dns01 = spec.solver().dns01();
        if (dns01 == null || dns01.cnameStrategy() != CnameStrategy.FOLLOW) {
            return zoned(spec, caller, name);
        }
        return switch (resolvers.cnames().follow(name)) {
            case Cnames.Followed.At at -> zoned(spec, caller, at.name());
            case Cnames.Followed.Failed failed -> new Place.Unknown(failed.text());
        };
    }

    private Place zoned(ChallengeSpec spec, Caller caller, DnsName name) {
        var given = spec.solver().route53().orElseThrow().hostedZoneID();
        var choice = given.isBlank() ? zones.zoneFor(caller, name, delegation()) : HostedZones.byId(given);
        return switch (choice) {
            case ZoneChoice.Found found -> new Place.At(WrittenRecord.at(found.zoneId(), name));
            case ZoneChoice.Failed failed
            when failed.failure() instanceof Route53Failure.NoSuchZone none -> new Place.NoZone(none.message());
            case ZoneChoice.Failed failed -> new Place.Unknown(failed.failure().message());
        };
    }

    /// Of public DNS; a DNS that does not answer leaves the choice to Route 53's own list.
    private Delegation delegation() {
        return name -> switch (resolvers.zoneCuts().zoneOf(name)) {
            case ZoneCuts.ZoneCut.At at -> Optional.of(new Delegation.Cut(at.zone(), at.nameservers()));
            case ZoneCuts.ZoneCut.Failed _ -> Optional.empty();
        };
    }

    /// Runs `call` with the credentials of the challenge's solver.
    private Outcome as(Challenge challenge, String event, Function<Caller, Outcome> call) {
        var solver = challenge.getSpec().solver().route53().orElseThrow();
        return switch (resolve(challenge, solver)) {
            case Resolution.Granted granted -> call.apply(caller(granted.session()));
            case Resolution.Refused refused -> failed(refused.message(), event);
        };
    }

    private Resolution resolve(Challenge challenge, Route53Solver solver) {
        return identities.resolve(
                solver,
                IssuerScope.of(
                        challenge.getSpec().issuerRef(),
                        challenge.getMetadata().getNamespace(),
                        clusterResourceNamespace,
                        new AmbientRights(settings.issuerAmbient(), settings.clusterIssuerAmbient())));
    }

    private static Caller caller(AwsSession session) {
        return new Caller(
                session.identity(),
                session.partition(),
                session.description().account().orElse(""),
                session::route53);
    }

    private static WantedRecord wanted(Challenge challenge, WrittenRecord record, Presence presence) {
        return new WantedRecord(
                new ChallengeRecord(record.name(), challenge.getSpec().key()), presence, record.mayBeMerged());
    }

    private static Outcome failed(String reason, String event) {
        return new Outcome.Failed(reason, event, Optional.empty());
    }

    /// Where a record belongs.
    private sealed interface Place {
        record At(WrittenRecord record) implements Place {}

        record Unknown(String reason) implements Place {}

        /// Route 53 has no zone for the name.
        record NoZone(String reason) implements Place {}
    }
}
