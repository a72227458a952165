package dev.acme53.tools;

import dev.acme53.names.DnsName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names of the records that prove names, as IAM's condition key compares them: lower case, no trailing dot, and all
/// but letters, digits, hyphen and underscore escaped as three octal digits.
///
/// @param texts exact names, or patterns with `*` for any text
/// @param patterns whether they are patterns
record RecordNames(SortedSet<String> texts, boolean patterns) {
    private static final String PREFIX = "_acme-challenge.";

    /// Exactly these records.
    static RecordNames exactly(Collection<DnsName> records) {
        var texts = new TreeSet<String>();
        records.forEach(name -> texts.add(normalized(name.text())));
        return new RecordNames(texts, false);
    }

    /// The records and patterns, from exactly these to ever shorter lists that allow more: first all
    /// below the last two labels of the names that are proven, then also all beside the records that
    /// CNAMEs lead to, then all below the last two labels of those, at last anything.
    static Stream<RecordNames> widening(Collection<DnsName> records, Collection<String> patterns) {
        var own = records.stream().filter(RecordNames::isOwn).toList();
        var elsewhere = records.stream().filter(name -> !isOwn(name)).toList();
        var domains = below(own.stream()
                .map(name -> new DnsName(name.text().substring(PREFIX.length())).lastLabels(2))
                .toList());
        var kept = exactly(elsewhere);
        var most = own.isEmpty() ? kept : domains.and(kept.texts());
        var least = elsewhere.isEmpty() ? anything() : new RecordNames(new TreeSet<>(List.of("*")), true);
        var steps = elsewhere.isEmpty()
                ? Stream.of(most)
                : Stream.of(
                        most,
                        domains.and(beside(elsewhere, DnsName::parent)),
                        domains.and(beside(elsewhere, name -> Optional.of(name.lastLabels(2)))));
        var all = Stream.concat(Stream.of(exactly(records)), Stream.concat(steps, Stream.of(least)));
        return patterns.isEmpty() ? all : all.map(names -> names.and(patterns));
    }

    /// Whether a name is where a record is when no CNAME leads elsewhere.
    private static boolean isOwn(DnsName record) {
        return record.text().startsWith(PREFIX);
    }

    /// All below what is above each record; a top-level domain is above too much, so such a record stays as it is.
    private static SortedSet<String> beside(Collection<DnsName> records, Function<DnsName, Optional<DnsName>> above) {
        return records.stream()
                .map(record -> above.apply(record)
                        .filter(name -> name.labels().size() > 1 && !name.equals(record))
                        .map(name -> "*." + normalized(name.text()))
                        .orElse(normalized(record.text())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private RecordNames and(Collection<String> more) {
        var all = new TreeSet<>(texts);
        all.addAll(more);
        return new RecordNames(all, true);
    }

    /// The records for any name at or below these.
    static RecordNames below(Collection<DnsName> domains) {
        var texts = new TreeSet<String>();
        for (var domain : domains) {
            texts.add(PREFIX + normalized(domain.text()));
            texts.add(PREFIX + "*." + normalized(domain.text()));
        }
        return new RecordNames(texts, true);
    }

    /// The records for any name at all.
    static RecordNames anything() {
        return new RecordNames(new TreeSet<>(List.of(PREFIX + "*")), true);
    }

    /// Where the record for a name is, unless a CNAME leads elsewhere; a wildcard has its parent's.
    static DnsName recordFor(DnsName name) {
        return new DnsName(PREFIX + (name.text().startsWith("*.") ? name.text().substring(2) : name.text()));
    }

    private static String normalized(String name) {
        return name.chars()
                .mapToObj(c -> isPlain(c) ? Character.toString(c) : String.format("\\%03o", c))
                .collect(Collectors.joining());
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    }
}
