package dev.acme53.route53;

import dev.acme53.names.DnsName;
import dev.acme53.route53.RequestBudget.Use;
import dev.acme53.route53.Route53Failures.Operation;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.model.RRType;

/// The name servers that a hosted zone shows of itself.
sealed interface ZoneNameservers {
    record Known(Set<DnsName> names) implements ZoneNameservers {}

    /// Users may leave `ListResourceRecordSets` out of their policies.
    record NotAllowed() implements ZoneNameservers {}

    record Failed(Route53Failure failure) implements ZoneNameservers {}

    /// Asks Route 53 once.
    static ZoneNameservers of(AccountCalls calls, Caller caller, ZoneEntry zone) {
        try {
            var sets = calls.callPatiently(
                            caller,
                            Use.LOOKUP,
                            client -> client.listResourceRecordSets(r -> r.hostedZoneId(zone.id())
                                    .startRecordName(zone.name().absolute())
                                    .startRecordType(RRType.NS)
                                    .maxItems("1")))
                    .resourceRecordSets();
            return new Known(sets.stream()
                    .filter(s -> s.type() == RRType.NS
                            && ZoneNames.of(s.name())
                                    .filter(zone.name()::equals)
                                    .isPresent())
                    .flatMap(s -> s.resourceRecords().stream())
                    .flatMap(r -> DnsName.parse(r.value()).stream())
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (SdkException e) {
            return Route53Failures.of(Operation.RECORDS, e) instanceof Route53Failure.Permanent
                    ? new NotAllowed()
                    : new Failed(Route53Failures.of(Operation.RECORDS, e));
        }
    }

    /// Those at the apex of a zone whose name is not known. Without an SOA record there `apex` is a name that the zone
    /// delegates, so it has none; without NS records it says nothing.
    static Optional<Set<DnsName>> atApex(AccountCalls calls, Caller caller, String zoneId, DnsName apex) {
        try {
            var sets = calls
                    .callPatiently(
                            caller,
                            Use.LOOKUP,
                            client -> client.listResourceRecordSets(r -> r.hostedZoneId(zoneId)
                                    .startRecordName(apex.absolute())
                                    .startRecordType(RRType.NS)
                                    .maxItems("5")))
                    .resourceRecordSets()
                    .stream()
                    .filter(s -> ZoneNames.of(s.name()).filter(apex::equals).isPresent())
                    .toList();
            var nameservers = sets.stream()
                    .filter(s -> s.type() == RRType.NS)
                    .flatMap(s -> s.resourceRecords().stream())
                    .flatMap(r -> DnsName.parse(r.value()).stream())
                    .collect(Collectors.toUnmodifiableSet());
            var isApex = sets.stream().anyMatch(s -> s.type() == RRType.SOA);
            return nameservers.isEmpty() ? Optional.empty() : Optional.of(isApex ? nameservers : Set.of());
        } catch (SdkException _) {
            return Optional.empty();
        }
    }
}
