package dev.acme53.dns;

import dev.acme53.names.DnsName;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/// Which zone of public DNS holds a name (behaviour.md §4.5).
public final class ZoneCuts {
    private final Questions questions;
    private final List<Nameserver> servers;

    ZoneCuts(Questions questions, List<Nameserver> servers) {
        this.questions = questions;
        this.servers = servers;
    }

    /// The zone whose apex is the nearest at or above `name`, with its name servers.
    public ZoneCut zoneOf(DnsName name) {
        for (var at = Optional.of(name); at.isPresent(); at = at.get().parent()) {
            var apex = at.get();
            switch (questions.askFirst(servers, apex, Type.SOA)) {
                case Answer.None none -> {
                    return new ZoneCut.Failed(none.text());
                }
                case Answer.Given given
                when given.isPositive() -> {
                    if (isApex(apex, given.records())) {
                        return withNameservers(apex);
                    }
                }
                case Answer.Given given when given.isNoSuchName() -> {
                    // further up
                }
                case Answer.Given given -> {
                    return new ZoneCut.Failed(Questions.refusal(given, servers.getFirst(), apex, Type.SOA));
                }
            }
        }
        return new ZoneCut.Failed("no zone of public DNS holds " + name);
    }

    private ZoneCut withNameservers(DnsName apex) {
        return switch (questions.askFirst(servers, apex, Type.NS)) {
            case Answer.None none -> new ZoneCut.Failed(none.text());
            case Answer.Given given
            when !given.isPositive() -> new ZoneCut.Failed(Questions.refusal(given, servers.getFirst(), apex, Type.NS));
            case Answer.Given given -> {
                var names = given.records().stream()
                        .filter(NSRecord.class::isInstance)
                        .map(NSRecord.class::cast)
                        .flatMap(r -> DnsName.parse(r.getTarget().toString()).stream())
                        .collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparing(DnsName::text))));
                yield names.isEmpty()
                        ? new ZoneCut.Failed("the zone " + apex + " shows no name servers")
                        : new ZoneCut.At(apex, Collections.unmodifiableSet(names));
            }
        };
    }

    /// Whether there is an SOA record of `name` itself. With a CNAME in the answer it is that of the CNAME's target.
    private static boolean isApex(DnsName name, List<Record> records) {
        return records.stream().noneMatch(CNAMERecord.class::isInstance)
                && records.stream()
                        .filter(SOARecord.class::isInstance)
                        .anyMatch(soa -> DnsName.parse(soa.getName().toString())
                                .filter(name::equals)
                                .isPresent());
    }

    /// Where a name belongs.
    public sealed interface ZoneCut {
        /// A zone of public DNS.
        /// @param zone its apex
        /// @param nameservers of the apex, at least one, in alphabetical order
        record At(DnsName zone, Set<DnsName> nameservers) implements ZoneCut {}

        record Failed(String text) implements ZoneCut {}
    }
}
