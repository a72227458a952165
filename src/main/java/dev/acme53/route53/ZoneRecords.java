package dev.acme53.route53;

import dev.acme53.names.DnsName;
import dev.acme53.route53.RequestBudget.Use;
import dev.acme53.route53.Route53Failures.Operation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// What hosted zones hold at a name, by `ListResourceRecordSets`, as far as Route 53 tells: users may leave that action
/// out of their policies. Kept as zones are, and asked for once at a time.
///
/// All throw [SdkException] for what may be told in a while.
final class ZoneRecords {
    private final AccountCalls calls;
    private final ZoneCache<At, Optional<Set<DnsName>>> nameservers;
    private final ZoneCache<Zone, Optional<DnsName>> apexes;
    private final ZoneCache<At, Boolean> cnames;

    private record Zone(String identity, String id) {}

    private record At(Zone zone, DnsName name) {}

    ZoneRecords(AccountCalls calls, InstantSource clock) {
        this.calls = calls;
        this.nameservers = new ZoneCache<>(clock);
        this.apexes = new ZoneCache<>(clock);
        this.cnames = new ZoneCache<>(clock);
    }

    /// The name servers that a zone has for `apex`, if that is its own: none when the zone delegates the name. Empty
    /// when it says nothing of the name, or Route 53 does not tell.
    Optional<Set<DnsName>> nameserversAt(Caller caller, String zoneId, DnsName apex) {
        return nameservers.get(
                new At(new Zone(caller.identity(), zoneId), apex),
                known -> known.filter(names -> !names.isEmpty()).isPresent(),
                () -> ifTold(() -> atApex(caller, zoneId, apex)));
    }

    /// The name of a zone; empty when Route 53 does not tell.
    Optional<DnsName> apexOf(Caller caller, String zoneId) {
        return apexes.get(
                new Zone(caller.identity(), zoneId),
                Optional::isPresent,
                // sorted by their labels from right to left: those of the apex come first
                () -> ifTold(() -> list(caller, r -> r.hostedZoneId(zoneId).maxItems("1")).stream()
                        .findFirst()
                        .flatMap(first -> ZoneNames.of(first.name()))));
    }

    /// The name of a zone if it is known to anybody already.
    Optional<DnsName> nameOf(String zoneId) {
        return apexes.known(zone -> zone.id.equals(zoneId))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Whether a zone that may be listed has a CNAME record of exactly this name.
    boolean hasCname(Caller caller, String zoneId, DnsName name) {
        return cnames.get(
                new At(new Zone(caller.identity(), zoneId), name),
                _ -> true,
                () -> list(
                                caller,
                                r -> r.hostedZoneId(zoneId)
                                        .startRecordName(name.absolute())
                                        .startRecordType(RRType.CNAME)
                                        .maxItems("1"))
                        .stream()
                        .anyMatch(s -> s.type() == RRType.CNAME && isAt(name, s)));
    }

    /// Drops what is known of CNAME records at `name`.
    void forget(Caller caller, DnsName name) {
        cnames.forgetIf(at ->
                at.zone().identity().equals(caller.identity()) && at.name().equals(name));
    }

    /// Without an SOA record there `apex` is a name that the zone delegates; without NS records it says nothing.
    private Optional<Set<DnsName>> atApex(Caller caller, String zoneId, DnsName apex) {
        var sets = list(
                        caller,
                        r -> r.hostedZoneId(zoneId)
                                .startRecordName(apex.absolute())
                                .startRecordType(RRType.NS)
                                .maxItems("5"))
                .stream()
                .filter(s -> isAt(apex, s))
                .toList();
        var names = sets.stream()
                .filter(s -> s.type() == RRType.NS)
                .flatMap(s -> s.resourceRecords().stream())
                .flatMap(r -> DnsName.parse(r.value()).stream())
                .collect(Collectors.toUnmodifiableSet());
        var isApex = sets.stream().anyMatch(s -> s.type() == RRType.SOA);
        return names.isEmpty() ? Optional.empty() : Optional.of(isApex ? names : Set.of());
    }

    private static boolean isAt(DnsName name, ResourceRecordSet set) {
        return ZoneNames.of(set.name()).filter(name::equals).isPresent();
    }

    private List<ResourceRecordSet> list(Caller caller, Consumer<ListResourceRecordSetsRequest.Builder> request) {
        return calls.callPatiently(caller, Use.LOOKUP, client -> client.listResourceRecordSets(request))
                .resourceRecordSets();
    }

    private static <T> Optional<T> ifTold(Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            return switch (Route53Failures.of(Operation.RECORDS, e)) {
                case Route53Failure.Permanent _, Route53Failure.NoSuchZone _ -> Optional.empty();
                case Route53Failure.BadCredentials _,
                        Route53Failure.RejectedRecord _,
                        Route53Failure.Throttled _,
                        Route53Failure.Transient _ -> throw e;
            };
        }
    }
}
