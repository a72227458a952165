package dev.acme53.names;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A domain name of at least one label, RFC 9499: lower case, labels in A-label form, no trailing dot.
///
/// A label has 1 to 63 of `a-z 0-9 - _` and neither begins nor ends with a hyphen; the first may be `*`. The
/// whole has at most 253 characters. The root is not such a name.
public record DnsName(String text) {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]+");
    private static final String WILDCARD = "*.";

    /// @throws IllegalArgumentException when `text` is not in the form above; [#of] makes that form first
    public DnsName {
        fault(text).ifPresent(fault -> {
            throw new IllegalArgumentException("\"" + printable(text) + "\" is not a DNS name: " + fault);
        });
    }

    /// The name that `text` writes, in any case, with or without the trailing dot.
    ///
    /// @throws IllegalArgumentException with a sentence that says what is wrong
    public static DnsName of(String text) {
        return new DnsName(normal(text));
    }

    /// As [#of], or empty when `text` is not a name.
    public static Optional<DnsName> parse(String text) {
        var normal = normal(text);
        return fault(normal).isPresent() ? Optional.empty() : Optional.of(new DnsName(normal));
    }

    /// With the trailing dot that a zone file or a query has.
    public String absolute() {
        return text + ".";
    }

    /// From left to right.
    public List<String> labels() {
        return List.of(text.split("\\."));
    }

    /// The name without its first label; empty for a name of one label.
    public Optional<DnsName> parent() {
        var dot = text.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(new DnsName(text.substring(dot + 1)));
    }

    /// Whether all labels of `zone` are the last labels of this name.
    public boolean isEqualOrBelow(DnsName zone) {
        return text.equals(zone.text) || text.endsWith("." + zone.text);
    }

    /// The name's last `count` labels; the whole name when it has no more.
    public DnsName lastLabels(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a name has at least one label");
        }
        var labels = text.split("\\.");
        return count >= labels.length
                ? this
                : new DnsName(String.join(".", Arrays.asList(labels).subList(labels.length - count, labels.length)));
    }

    @Override
    public String toString() {
        return text;
    }

    private static String normal(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Optional<String> fault(String text) {
        if (text.isEmpty()) {
            return Optional.of("it has no label");
        }
        if (text.length() > LONGEST_NAME) {
            return Optional.of("it is longer than " + LONGEST_NAME + " characters");
        }
        var named = text.startsWith(WILDCARD) ? text.substring(WILDCARD.length()) : text;
        return Arrays.stream(named.split("\\.", -1))
                .map(DnsName::faultOfLabel)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> faultOfLabel(String label) {
        if (label.isEmpty()) {
            return Optional.of("it has an empty label");
        }
        if (label.length() > LONGEST_LABEL) {
            return Optional.of("a label is longer than " + LONGEST_LABEL + " characters");
        }
        if (label.contains("*")) {
            return Optional.of("\"*\" may only be the whole first label, with a name after it");
        }
        if (label.chars().anyMatch(c -> c > 127)) {
            return Optional.of("write labels with other than ASCII letters as A-labels (xn--…)");
        }
        if (!LABEL.matcher(label).matches()) {
            return Optional.of("a label has only a-z, 0-9, hyphens and underscores");
        }
        if (label.startsWith("-") || label.endsWith("-")) {
            return Optional.of("a label neither begins nor ends with a hyphen");
        }
        return Optional.empty();
    }

    /// Safe to show: the text comes from anyone.
    private static String printable(String text) {
        var cut = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return cut.replaceAll("[\\p{C}\"]", "?");
    }
}
