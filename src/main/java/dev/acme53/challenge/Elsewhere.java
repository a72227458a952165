package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.dns.Cnames;
import dev.acme53.dns.Resolvers;
import dev.acme53.dns.ZoneCuts;
import dev.acme53.names.DnsName;
import dev.acme53.route53.HostedZones;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether public DNS has a Challenge's name elsewhere than where its record was written, so that no wait will help.
record Elsewhere(Resolvers resolvers, HostedZones zones, SolverSessions sessions) {
    /// Route 53's private hosted zones have these everywhere: who sees them sees a private view.
    private static final Set<DnsName> PRIVATE_ZONES = Set.of(
            DnsName.of("ns-0.awsdns-00.com"),
            DnsName.of("ns-512.awsdns-00.net"),
            DnsName.of("ns-1024.awsdns-00.org"),
            DnsName.of("ns-1536.awsdns-00.co.uk"));

    /// Says where, when that is beyond doubt. Blocks.
    Optional<String> sentence(Challenge challenge) {
        return WrittenRecord.of(challenge)
                .flatMap(written -> alias(challenge, written).or(() -> zone(challenge, written)));
    }

    private Optional<String> alias(Challenge challenge, WrittenRecord written) {
        var name = ChallengeName.of(challenge.getSpec()).orElseThrow();
        return resolvers.cnames().follow(name, RecordPlaces.judge(challenge)) instanceof Cnames.Followed.At(DnsName end)
                ? ledAway(name, end, written.name())
                : Optional.empty();
    }

    private Optional<String> zone(Challenge challenge, WrittenRecord written) {
        return resolvers.zoneCuts().zoneOf(written.name()) instanceof ZoneCuts.ZoneCut.At cut
                        && resolvers.arePublic(cut.nameservers())
                        && sessions.now(challenge) instanceof SolverSessions.Granted.To to
                ? zones.nameserversAt(to.caller(), written.zoneId(), cut.zone())
                        .flatMap(own -> servedByOthers(cut, own, written.zoneId()))
                : Optional.empty();
    }

    /// @param end where the CNAME records of `name` lead
    /// @param written where the record stands
    static Optional<String> ledAway(DnsName name, DnsName end, DnsName written) {
        return end.equals(written)
                ? Optional.empty()
                : Optional.of("in DNS \"%s\" leads to \"%s\" by CNAME, and the record was written at \"%s\""
                        .formatted(name, end, written));
    }

    /// @param own name servers of the hosted zone; none when it delegates the zone that DNS shows
    static Optional<String> servedByOthers(ZoneCuts.ZoneCut.At cut, Set<DnsName> own, String zoneId) {
        return Collections.disjoint(cut.nameservers(), own) && Collections.disjoint(cut.nameservers(), PRIVATE_ZONES)
                ? Optional.of("in DNS the zone \"%s\" is served by %s, which are not the name servers of hosted zone %s"
                        .formatted(
                                cut.zone(),
                                cut.nameservers().stream().map(DnsName::text).collect(Collectors.joining(", ")),
                                zoneId))
                : Optional.empty();
    }
}
