package dev.acme53.route53;

import dev.acme53.names.DnsName;
import dev.acme53.route53.Route53Failures.Operation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/// Which hosted zone holds a name.
///
/// What Route 53 lists at and below the name's last two labels is kept for each identity: ten minutes when it has a
/// zone for the name, else 30 s; asked for once at a time. So is what zones hold at a name. Never is the whole account
/// listed. Safe for any number of threads.
public final class HostedZones {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,32}");
    private static final int SHARED_LABELS = 2;

    private final AccountCalls calls;

    /// Empty where there are too many to list.
    private final ZoneCache<Key, Optional<List<ZoneEntry>>> cache;

    private final ZoneRecords records;

    /// What was listed for whom.
    /// @param exactly only zones of this very name, else also those below it
    private record Key(String identity, DnsName name, boolean exactly) {}

    public HostedZones(AccountCalls calls, InstantSource clock) {
        this.calls = calls;
        this.cache = new ZoneCache<>(clock);
        this.records = new ZoneRecords(calls, clock);
    }

    /// The zone that a user names, with or without `/hostedzone/` and blanks around it. Nothing is asked.
    public static ZoneChoice byId(String hostedZoneId) {
        var id = ZoneNames.idOf(hostedZoneId.strip());
        return ID.matcher(id).matches()
                ? new ZoneChoice.Found(id)
                : failed("hostedZoneID is not a hosted zone ID: letters and digits, for example Z0123456789ABCDEF");
    }

    /// The public zone that holds `name`: of those that Route 53 lists for `caller`, the one of the longest name at or
    /// above it. When several are nested, the one to which DNS delegates; when several have the same name, the one
    /// whose name servers DNS shows.
    ///
    /// @param dns is asked only when the listing leaves a choice, or to say in an error which zone was missed
    public ZoneChoice zoneFor(Caller caller, DnsName name, Delegation dns) {
        try {
            var candidates = candidates(caller, name);
            return switch ((int)
                    candidates.stream().map(ZoneEntry::name).distinct().count()) {
                case 0 -> none(name, dns);
                case 1 -> amongTwins(caller, candidates, name, dns);
                default -> amongTwins(caller, nested(candidates, name, dns), name, dns);
            };
        } catch (SdkException e) {
            return new ZoneChoice.Failed(Route53Failures.of(Operation.ZONE, e));
        }
    }

    /// The name servers that a hosted zone has for `apex`, if that is its own: none when the zone delegates the name.
    /// Empty when it says nothing of the name, or Route 53 does not tell, since users may leave
    /// `ListResourceRecordSets` out of their policies. Kept as zones are.
    public Optional<Set<DnsName>> nameserversAt(Caller caller, String zoneId, DnsName apex) {
        try {
            return records.nameserversAt(caller, zoneId, apex);
        } catch (SdkException _) {
            return Optional.empty();
        }
    }

    /// Whether the hosted zone has a CNAME record of exactly `name`. Two calls, kept as zones are, until `name` is
    /// forgotten.
    public StoredCname cnameAt(Caller caller, String zoneId, DnsName name) {
        try {
            var apex = records.apexOf(caller, zoneId);
            if (apex.isEmpty()) {
                return new StoredCname.NotTold();
            }
            if (!name.isEqualOrBelow(apex.get())) {
                return new StoredCname.OutOfZone();
            }
            return records.hasCname(caller, zoneId, name) ? new StoredCname.Present() : new StoredCname.Absent();
        } catch (SdkException e) {
            return new StoredCname.Failed(Route53Failures.of(Operation.RECORDS, e));
        }
    }

    /// The name of a zone, as far as listings have shown it lately; nothing is asked.
    public Optional<DnsName> nameOf(String zoneId) {
        return cache.known()
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .filter(zone -> zone.id().equals(zoneId))
                .map(ZoneEntry::name)
                .findFirst()
                .or(() -> records.nameOf(zoneId));
    }

    /// Drops what is known about zones for `name`: a change there was refused because the zone is gone or another.
    public void forget(Caller caller, DnsName name) {
        cache.forget(new Key(caller.identity(), name.lastLabels(SHARED_LABELS), false));
        ancestors(name).forEach(n -> cache.forget(new Key(caller.identity(), n, true)));
        records.forget(caller, name);
    }

    /// Zones at or above `name`, the longest name first.
    private List<ZoneEntry> candidates(Caller caller, DnsName name) {
        return bySuffix(caller, name).orElseGet(() -> byAncestors(caller, name)).stream()
                .filter(zone -> name.isEqualOrBelow(zone.name()))
                .sorted((a, b) -> Integer.compare(
                        b.name().text().length(), a.name().text().length()))
                .toList();
    }

    private Optional<List<ZoneEntry>> bySuffix(Caller caller, DnsName name) {
        var suffix = name.lastLabels(SHARED_LABELS);
        return cache.get(
                new Key(caller.identity(), suffix, false),
                known -> known.isEmpty() || known.get().stream().anyMatch(zone -> name.isEqualOrBelow(zone.name())),
                () -> listing(caller).atOrBelow(suffix));
    }

    /// Below some names stand thousands of zones; then each name above ours is asked for by itself.
    private List<ZoneEntry> byAncestors(Caller caller, DnsName name) {
        return ancestors(name)
                .flatMap(ancestor -> cache
                        .get(
                                new Key(caller.identity(), ancestor, true),
                                known -> known.filter(zones -> !zones.isEmpty()).isPresent(),
                                () -> Optional.of(listing(caller).named(ancestor)))
                        .stream())
                .flatMap(List::stream)
                .toList();
    }

    /// The name itself and those above it, down to two labels.
    private static Stream<DnsName> ancestors(DnsName name) {
        return Stream.iterate(Optional.of(name), Optional::isPresent, n -> n.flatMap(DnsName::parent))
                .map(Optional::orElseThrow)
                .takeWhile(n -> n.labels().size() >= SHARED_LABELS || n.equals(name));
    }

    private ZoneListing listing(Caller caller) {
        return new ZoneListing(calls, caller);
    }

    /// The zones of the name to which DNS delegates, of the longest name when DNS is silent or names another.
    private static List<ZoneEntry> nested(List<ZoneEntry> candidates, DnsName name, Delegation dns) {
        var delegated = dns.of(name).map(cut -> named(candidates, cut.zone())).filter(zones -> !zones.isEmpty());
        return delegated.orElseGet(() -> named(candidates, candidates.getFirst().name()));
    }

    private static List<ZoneEntry> named(List<ZoneEntry> zones, DnsName name) {
        return zones.stream().filter(z -> z.name().equals(name)).toList();
    }

    private ZoneChoice amongTwins(Caller caller, List<ZoneEntry> twins, DnsName name, Delegation dns) {
        if (twins.size() == 1) {
            return new ZoneChoice.Found(twins.getFirst().id());
        }
        var shown = dns.of(name)
                .filter(cut -> cut.zone().equals(twins.getFirst().name()))
                .map(Delegation.Cut::nameservers)
                .filter(servers -> !servers.isEmpty());
        try {
            var served = shown.stream()
                    .flatMap(servers -> twins.stream()
                            .filter(twin -> records.nameserversAt(caller, twin.id(), twin.name())
                                    .filter(servers::equals)
                                    .isPresent()))
                    .toList();
            return served.size() == 1 ? new ZoneChoice.Found(served.getFirst().id()) : undecided(twins);
        } catch (SdkException e) {
            return new ZoneChoice.Failed(Route53Failures.of(Operation.RECORDS, e));
        }
    }

    private static ZoneChoice undecided(List<ZoneEntry> twins) {
        return failed("%s are all zones named %s, and DNS does not show which of them is in use: set hostedZoneID"
                .formatted(
                        twins.stream().map(ZoneEntry::id).sorted().collect(Collectors.joining(", ")),
                        twins.getFirst().name()));
    }

    private static ZoneChoice none(DnsName name, Delegation dns) {
        var zone = dns.of(name).map(Delegation.Cut::zone).orElseGet(() -> name.lastLabels(SHARED_LABELS));
        return new ZoneChoice.Failed(new Route53Failure.NoSuchZone(
                Operation.ZONE.saying("zone %s not found in Route 53 for domain %s".formatted(zone, name.absolute()))));
    }

    private static ZoneChoice.Failed failed(String text) {
        return new ZoneChoice.Failed(new Route53Failure.Permanent(Operation.ZONE.saying(text)));
    }
}
