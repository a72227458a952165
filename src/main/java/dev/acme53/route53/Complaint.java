package dev.acme53.route53;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One thing that `InvalidChangeBatch` finds wrong, in AWS's words.
///
/// Its message is a list in brackets, `[first, second]`, whose items may hold commas and brackets themselves. Most name
/// the record, in one of two ways: `[name='a.example.', type='TXT', set-identifier='"…"']` and
/// `RRSet with DNS name a.example., type TXT, SetIdentifier "…"`.
record Complaint(String text) {
    private static final Pattern NAME = Pattern.compile("(?:\\bname='|\\bDNS name )([^'\\s,]+)");
    private static final Pattern IDENTIFIER =
            Pattern.compile("(?:\\bset-identifier='|\\bSetIdentifier )\"?([A-Za-z0-9_-]{43})\"?");

    /// The items of `message`, in their order.
    static List<Complaint> of(String message) {
        var text = message.strip();
        var inside = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        var all = new ArrayList<Complaint>();
        var start = 0;
        var depth = 0;
        for (var i = 0; i < inside.length(); i++) {
            switch (inside.charAt(i)) {
                case '[' -> depth++;
                case ']' -> depth--;
                case ',' -> {
                    if (depth <= 0 && beginsAnItem(inside, i + 1)) {
                        all.add(new Complaint(inside.substring(start, i).strip()));
                        start = i + 1;
                    }
                }
                default -> {
                    // part of an item
                }
            }
        }
        all.add(new Complaint(inside.substring(start).strip()));
        return all.stream().filter(c -> !c.text.isEmpty()).toList();
    }

    /// What is said of a batch of one record, whether or not it is named.
    static Complaint together(List<Complaint> all) {
        return new Complaint(all.stream().map(Complaint::text).collect(Collectors.joining(", ")));
    }

    /// An item begins in upper case and is a sentence: `SetIdentifier` and `type` go on with one.
    private static boolean beginsAnItem(String text, int from) {
        var rest = text.substring(from).strip();
        return !rest.isEmpty() && Character.isUpperCase(rest.charAt(0)) && !rest.startsWith("SetIdentifier");
    }

    /// Whether it is about `record`. One that names a record name only is about all records there.
    boolean isAbout(ChallengeRecord record) {
        return found(NAME, text)
                .filter(m ->
                        ZoneNames.of(m.group(1)).filter(record.name()::equals).isPresent())
                .flatMap(_ -> found(IDENTIFIER, text)
                        .map(m -> m.group(1).equals(record.value()))
                        .or(() -> Optional.of(true)))
                .orElse(false);
    }

    private static Optional<Matcher> found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher) : Optional.empty();
    }

    boolean saysNotFound() {
        return text.contains("not found");
    }

    /// A record set of another kind has the name: a simple one, mostly.
    boolean saysOtherKind() {
        return text.contains("multivalue answer rrset exists") || text.contains("as other RRSets exist");
    }

    @Override
    public String toString() {
        return text;
    }
}
