package dev.acme53.status;

import java.time.Instant;

/// HTML as it grows. What did not stand in this program's source goes through [#text], which lets no markup out of it.
final class Html {
    private static final int LONGEST = 1000;

    private final StringBuilder out = new StringBuilder(16_384);
    private final Instant now;

    Html(Instant now) {
        this.now = now;
    }

    /// Markup of our own.
    Html markup(String ours) {
        out.append(ours);
        return this;
    }

    /// Anybody's text, fit for content and for attributes in quotes. What shows as nothing or turns the order of
    /// letters around is shown as a replacement character; beyond 1,000 characters it is cut.
    Html text(String theirs) {
        var shown = 0;
        for (var i = 0; i < theirs.length(); ) {
            var c = theirs.codePointAt(i);
            i += Character.charCount(c);
            if (++shown > LONGEST) {
                out.append('…');
                break;
            }
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t', '\r' -> out.append(' ');
                default -> out.appendCodePoint(isVisible(c) ? c : '\uFFFD');
            }
        }
        return this;
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    Html number(long number) {
        out.append(Times.grouped(number));
        return this;
    }

    /// How long ago it was, with the time itself behind it.
    Html ago(Instant then) {
        return time(then, Times.between(then, now));
    }

    /// How long until it is.
    Html until(Instant then) {
        return time(then, then.isAfter(now) ? "in " + Times.between(now, then) : "now");
    }

    /// `words` in place of `then`.
    Html time(Instant then, String words) {
        var absolute = Times.absolute(then);
        out.append("<time datetime=\"")
                .append(absolute)
                .append("\" title=\"")
                .append(absolute)
                .append("\">")
                .append(words)
                .append("</time>");
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
