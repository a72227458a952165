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
import dev.acme53.route53.ZoneChoice;
import java.util.Optional;

/// Where records belong: at a Challenge's own name or at the end of the CNAME chain, in the zone that the solver names
/// or that is found.
record RecordPlaces(HostedZones zones, Resolvers resolvers) {
    /// Blocks while DNS and Route 53 are asked.
    Place of(Challenge challenge, Caller caller) {
        var spec = challenge.getSpec();
        var name = ChallengeName.of(spec).orElseThrow();
        if (!spec.solver().followsCnames()) {
            return zoned(spec, caller, name);
        }
        return switch (resolvers.cnames().follow(name)) {
            case Cnames.Followed.At at -> zoned(spec, caller, at.name());
            case Cnames.Followed.Failed failed -> new Place.Unknown(failed.text());
        };
    }

    /// The zone of `name` has to be looked for again.
    void forget(Caller caller, DnsName name) {
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
