package dev.acme53.dns;

import dev.acme53.names.DnsName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/// Which zone of public DNS holds a name (behaviour.md §4.5).
///
/// Answers are kept as long as the SOA and NS records may be, at most an hour.
public final class ZoneCuts {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Questions questions;
    private final List<Nameserver> servers;
    private final InstantSource clock;
    private final Map<Key, Kept> cache;

    ZoneCuts(Questions questions, List<Nameserver> servers, InstantSource clock, Map<Key, Kept> cache) {
        this.questions = questions;
        this.servers = servers;
        this.clock = clock;
        this.cache = cache;
    }

    static Map<Key, Kept> newCache() {
        return new ConcurrentHashMap<>();
    }

    /// The zone whose apex is the nearest at or above `name`, with its name servers.
    public ZoneCut zoneOf(DnsName name) {
        var key = new Key(servers, name);
        var now = clock.instant();
        var known = cache.get(key);
        if (known != null && now.isBefore(known.until)) {
            return known.cut;
        }
        cache.values().removeIf(kept -> !now.isBefore(kept.until));
        return walk(name, key);
    }

    private ZoneCut walk(DnsName name, Key key) {
        for (var at = Optional.of(name); at.isPresent(); at = at.get().parent()) {
            var apex = at.get();
            switch (questions.askFirst(servers, apex, Type.SOA)) {
                case Answer.None none -> {
                    return new ZoneCut.Failed(none.text());
                }
                case Answer.Given given
                when given.isPositive() -> {
                    var soa = soaOf(apex, given.records());
                    if (soa.isPresent()) {
                        return withNameservers(apex, soa.get(), key);
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

    private ZoneCut withNameservers(DnsName apex, SOARecord soa, Key key) {
        return switch (questions.askFirst(servers, apex, Type.NS)) {
            case Answer.None none -> new ZoneCut.Failed(none.text());
            case Answer.Given given
            when !given.isPositive() -> new ZoneCut.Failed(Questions.refusal(given, servers.getFirst(), apex, Type.NS));
            case Answer.Given given -> {
                var records = given.records().stream()
                        .filter(NSRecord.class::isInstance)
                        .map(NSRecord.class::cast)
                        .toList();
                var names = records.stream()
                        .flatMap(r -> DnsName.parse(r.getTarget().toString()).stream())
                        .collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparing(DnsName::text))));
                if (names.isEmpty()) {
                    yield new ZoneCut.Failed("the zone " + apex + " shows no name servers");
                }
                var ttl = records.stream().mapToLong(Record::getTTL).min().orElse(0);
                var cut = new ZoneCut.At(apex, Collections.unmodifiableSet(names));
                cache.put(key, new Kept(cut, until(Math.min(ttl, soa.getTTL()))));
                yield cut;
            }
        };
    }

    private Instant until(long ttl) {
        var wanted = Duration.ofSeconds(ttl);
        return clock.instant().plus(wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST);
    }

    /// The SOA record of `name` itself. With a CNAME in the answer it is that of the CNAME's target: no apex here.
    private static Optional<SOARecord> soaOf(DnsName name, List<Record> records) {
        if (records.stream().anyMatch(CNAMERecord.class::isInstance)) {
            return Optional.empty();
        }
        return records.stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .filter(soa -> DnsName.parse(soa.getName().toString())
                        .filter(name::equals)
                        .isPresent())
                .findFirst();
    }

    record Key(List<Nameserver> servers, DnsName name) {}

    record Kept(ZoneCut.At cut, Instant until) {}

    /// Where a name belongs.
    public sealed interface ZoneCut {
        /// A zone of public DNS.
        /// @param zone its apex
        /// @param nameservers of the apex, at least one, in alphabetical order
        record At(DnsName zone, Set<DnsName> nameservers) implements ZoneCut {}

        record Failed(String text) implements ZoneCut {}
    }
}
