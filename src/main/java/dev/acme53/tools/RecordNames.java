package dev.acme53.tools;

import dev.acme53.names.DnsName;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
