package dev.acme53.acme;

import java.util.Optional;
import java.util.stream.Collectors;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.toolbox.JSON;

/// A problem document (RFC 7807, RFC 8555 §6.7) as one line that may be shown: `type: detail`, and its
/// subproblems with their identifiers in parentheses. Everything in it is the CA's word, so it is cut and
/// cleaned.
final class ProblemText {
    private static final String PREFIX = "urn:ietf:params:acme:error:";
    private static final int LONGEST = 500;
    private static final int SUBPROBLEMS = 10;

    private ProblemText() {}

    /// The line for one problem.
    static String of(JSON problem) {
        var subs = problem.get("subproblems").optional().map(JSON.Value::asArray);
        var more = subs.filter(all -> !all.isEmpty())
                .map(all -> all.stream()
                        .limit(SUBPROBLEMS)
                        .map(sub -> identifier(sub.asObject()) + line(sub.asObject()))
                        .collect(Collectors.joining("; ", " (", ")")))
                .orElse("");
        return line(problem) + more;
    }

    /// The last part of an ACME error's URN, any other type whole, empty when there is none (`about:blank` says
    /// nothing either).
    static String type(JSON problem) {
        var type = text(problem, "type").filter(t -> !t.equals("about:blank")).orElse("");
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
    }

    /// Safe to show: one line without control characters, not too long.
    static String cleaned(String text) {
        var line = text.replaceAll("[\\p{C}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String line(JSON problem) {
        var type = type(problem);
        var detail = text(problem, "detail").or(() -> text(problem, "title")).orElse("");
        // The nonce that was refused is another one each time
        if (type.equals("badNonce") || detail.isEmpty()) {
            return type.isEmpty() ? "no reason given" : type;
        }
        return type.isEmpty() ? detail : type + ": " + detail;
    }

    private static String identifier(JSON problem) {
        return problem.get("identifier")
                .optional()
                .flatMap(i -> text(i.asObject(), "value"))
                .map(value -> value + ": ")
                .orElse("");
    }

    private static Optional<String> text(JSON object, String key) {
        try {
            return object.get(key)
                    .optional()
                    .map(JSON.Value::asString)
                    .map(ProblemText::cleaned)
                    .filter(t -> !t.isEmpty());
        } catch (AcmeProtocolException _) {
            return Optional.empty();
        }
    }
}
