package dev.acme53.names;

import java.util.regex.Pattern;

/// AWS's error texts without what differs from one call to the next, or must not be shown.
///
/// A text that changes with each retry would be written into a status each time and wake everybody who watches it.
public final class CleanedMessage {
    private static final int LONGEST = 600;

    /// The text of a wrong signature goes on with the canonical request, session token included.
    private static final Pattern CANONICAL =
            Pattern.compile("\\s*The Canonical String for this request.*", Pattern.DOTALL);

    private static final Pattern VARYING = Pattern.compile(
            "\\s*Encoded authorization failure message: \\S+"
                    + "|\\s*\\((?=[^()]*Request ID)[^()]*\\)"
                    + "|\\s*[,;]?\\s*(?:(?:Extended )?Request|Host) ?Id\\s*[:=]?\\s*[A-Za-z0-9+/=-]+"
                    + "|\\s*\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b"
                    + "|\\s*\\b\\d{8}T\\d{6}Z\\b"
                    + "|\\s*\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z?",
            Pattern.CASE_INSENSITIVE);

    /// The SDK makes up a name for a session that nobody named.
    private static final Pattern SESSION = Pattern.compile("(?<=assumed-role/)([^/\\s]+)/[A-Za-z_-]*\\d{8,}\\S*");

    private CleanedMessage() {}

    /// One line, the same for the same failure, at most 600 characters.
    public static String of(String message) {
        var cut = CANONICAL.matcher(message).replaceFirst("");
        var stable = SESSION.matcher(VARYING.matcher(cut).replaceAll("")).replaceAll("$1/…");
        var line = stable.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
