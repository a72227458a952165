package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.dns.Cnames;
import dev.acme53.dns.Resolvers;
import dev.acme53.dns.ZoneCuts;
import dev.acme53.names.DnsName;
import dev.acme53.route53.Caller;
import dev.acme53.route53.Delegation;
import dev.acme53.route53.HostedZones;
import dev.acme53.route53.Route53Failure;
import dev.acme53.route53.StoredCname;
import dev.acme53.route53.ZoneChoice;
import java.util.Optional;

/// Where records belong: at a Challenge's own name or at the end of the CNAME chain, in the zone that the solver names
/// or that is found. A wildcard's CNAME is not followed (ADR 16).
record RecordPlaces(HostedZones zones, Resolvers resolvers) implements Places {
    @Override
    public Place of(Challenge challenge, Caller caller) {
        var spec = challenge.getSpec();
        var name = ChallengeName.of(spec).orElseThrow();
        if (!spec.solver().followsCnames()) {
            return zoned(spec, caller, name);
        }
        return switch (resolvers.cnames().follow(name, (at, isSame) -> owner(spec, caller, at, isSame))) {
            case Cnames.Followed.At at -> zoned(spec, caller, at.name());
            case Cnames.Followed.Failed failed -> new Place.Unknown(failed.text());
        };
    }

    /// Whose a CNAME is that may be a wildcard's, when the record is written: where it stands is no CNAME of the name's
    /// own. A record that somebody else wrote, who followed CNAMEs, stands where all of them lead.
    static Cnames.Judge judge(Challenge written) {
        var spec = written.getSpec();
        var place = WrittenRecord.of(written)
                .map(WrittenRecord::name)
                .or(() -> spec.solver().followsCnames() ? Optional.empty() : ChallengeName.of(spec));
        return (at, _) -> place.filter(at::equals).isPresent() ? new Cnames.Owner.Wildcard() : new Cnames.Owner.Name();
    }

    /// Whose it is before the record is written: the hosted zone that holds the name says so, or, where its records may
    /// not be listed, what names beside it show. In no zone of ours that DNS shows could anything be written at the
    /// name, so there the CNAME is all there is.
    private Cnames.Owner owner(ChallengeSpec spec, Caller caller, DnsName name, boolean isSame) {
        return switch (zoned(spec, caller, name)) {
            case Place.NoZone _ -> new Cnames.Owner.Name();
            case Place.Unknown unknown -> new Cnames.Owner.Unknown(unknown.reason());
            case Place.At at -> owner(caller, at.record().zoneId(), name, isSame);
        };
    }

    private Cnames.Owner owner(Caller caller, String zoneId, DnsName name, boolean isSame) {
        return switch (zones.cnameAt(caller, zoneId, name)) {
            case StoredCname.Present _, StoredCname.OutOfZone _ -> new Cnames.Owner.Name();
            case StoredCname.Absent _ ->
                isServedByOthers(caller, zoneId, name) ? new Cnames.Owner.Name() : new Cnames.Owner.Wildcard();
            case StoredCname.NotTold _ -> isSame ? new Cnames.Owner.Wildcard() : new Cnames.Owner.Name();
            case StoredCname.Failed failed ->
                new Cnames.Owner.Unknown(failed.failure().message());
        };
    }

    private boolean isServedByOthers(Caller caller, String zoneId, DnsName name) {
        return resolvers.zoneCuts().zoneOf(name) instanceof ZoneCuts.ZoneCut.At cut
                && zones.nameserversAt(caller, zoneId, cut.zone())
                        .flatMap(own -> Elsewhere.servedByOthers(cut, own, zoneId))
                        .isPresent();
    }

    @Override
    public void forget(Caller caller, DnsName name) {
        zones.forget(caller, name);
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
}
