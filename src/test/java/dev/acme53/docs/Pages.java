package dev.acme53.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Markdown files that users read.
final class Pages {
    static final Path BASE = Path.of(System.getProperty("basedir", ""));

    private static final Pattern FENCE = Pattern.compile("(?m)^ *```([^\n]*)\n(.*?)^ *```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("(?m)^ *```.*?^ *```", Pattern.DOTALL);
    private static final Pattern INDENTED = Pattern.compile("(?m)^[ ]*\n((?: {4}| {0,3}\t).*)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private Pages() {}

    /// A fenced block.
    ///
    /// @param language what it is in, `sh` for commands
    /// @param mark what stands behind that
    record Block(Path page, String language, String mark, String text) {
        @Override
        public String toString() {
            return page.getFileName() + ": " + text.lines().findFirst().orElse("");
        }
    }

    /// A link to something in the repository.
    record Link(Path page, String target) {
        @Override
        public String toString() {
            return page + " → " + target;
        }
    }

    static List<Path> all() {
        try (var docs = Files.walk(BASE.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(
                                            "README.md",
                                            "ARCHITECTURE.md",
                                            "CONTRIBUTING.md",
                                            "CHANGELOG.md",
                                            "helm/acme53/README.md")
                                    .map(BASE::resolve),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those of commands.
    static Stream<Block> blocks() {
        return fenced().filter(block -> block.language().equals("sh"));
    }

    /// All, whatever they hold.
    static Stream<Block> fenced() {
        return all().stream()
                .flatMap(page -> FENCE.matcher(text(page)).results().map(found -> block(page, found)));
    }

    private static Block block(Path page, MatchResult found) {
        var words = (found.group(1).strip() + " ").split(" ", 2);
        return new Block(page, words[0], words[1].strip(), found.group(2).stripIndent());
    }

    /// The first line of each block that is made by indenting it. A paragraph of a list is indented by less.
    static List<String> indented(String text) {
        return INDENTED.matcher(BLOCK.matcher(text).replaceAll("```"))
                .results()
                .map(found -> found.group(1).strip())
                .toList();
    }

    static Stream<Link> links() {
        return all().stream()
                .flatMap(page -> LINK.matcher(BLOCK.matcher(text(page)).replaceAll(""))
                        .results()
                        .map(found -> found.group(1))
                        .filter(target -> !target.contains("://") && !target.startsWith("mailto:"))
                        .map(target -> new Link(page, target)));
    }

    /// What links to parts of a page are called.
    static Set<String> anchors(Path page) {
        return HEADING.matcher(BLOCK.matcher(text(page)).replaceAll(""))
                .results()
                .map(found -> found.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
