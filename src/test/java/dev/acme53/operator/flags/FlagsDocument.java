package dev.acme53.operator.flags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// The tables of `docs/flags.md`, made from the flags themselves. `FlagsDocumentTest` checks the file, `main` writes
/// them into it.
final class FlagsDocument {
    static final Path FILE = Path.of("docs/flags.md");

    private FlagsDocument() {}

    /// Rewrites the tables in the file.
    public static void main(String[] none) throws IOException {
        Files.writeString(FILE, rewritten(Files.readString(FILE)));
    }

    /// The text with each table as it should be.
    static String rewritten(String text) {
        return between(between(text, "flags", served()), "accepted flags", accepted());
    }

    private static String between(String text, String name, String table) {
        var begin = "<!-- " + name + " -->\n";
        var end = "<!-- end of " + name + " -->";
        var from = text.indexOf(begin) + begin.length();
        var to = text.indexOf(end);
        if (from < begin.length() || to < from) {
            throw new IllegalStateException(FILE + " has no place for the " + name);
        }
        return text.substring(0, from) + table + text.substring(to);
    }

    private static String served() {
        return "| flag | field of the file | default | meaning |\n| --- | --- | --- | --- |\n"
                + Flags.ALL.stream()
                        .filter(Flag::hasEffect)
                        .map(flag -> "| " + code(flag.dashed()) + " | " + code(flag.field()) + " | "
                                + code(flag.standard()) + " | " + flag.meaning() + " |\n")
                        .collect(Collectors.joining());
    }

    private static String accepted() {
        return "| flag | field of the file | default | why it changes nothing |\n| --- | --- | --- | --- |\n"
                + IdleFlags.ALL.stream()
                        .map(flag -> "| " + code(flag.dashed()) + " | " + code(flag.field()) + " | "
                                + code(flag.standard()) + " | " + flag.noEffect() + " |\n")
                        .collect(Collectors.joining());
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
