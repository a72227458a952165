package dev.acme53.route53;

import dev.acme53.names.DnsName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names and ids in the forms in which Route 53 hands them out.
final class ZoneNames {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

    private ZoneNames() {}

    /// A name with octal escapes (`\052` is `*`) and a trailing dot; empty when it is none of ours.
    static Optional<DnsName> of(String name) {
        var decoded = OCTAL.matcher(name)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
        return DnsName.parse(decoded);
    }

    /// An id without `/hostedzone/` or `/change/`: some answers carry it, others do not (route53.md §3.4).
    static String idOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
