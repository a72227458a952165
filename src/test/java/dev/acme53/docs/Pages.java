package dev.acme53.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Markdown files that users read.
final class Pages {
    static final Path BASE = Path.of(System.getProperty("basedir", ""));

    private static final Pattern FENCE = Pattern.compile("(?m)^ *```sh([^\n]*)\n(.*?)^ *```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("(?m)^ *```.*?^ *```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private Pages() {}

    /// A block of commands.
    ///
    /// @param mark what stands behind `sh`
    record Block(Path page, String mark, String text) {
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

    static Stream<Block> blocks() {
        return all().stream()
                .flatMap(page -> FENCE.matcher(text(page))
                        .results()
                        .map(found -> new Block(
                                page, found.group(1).strip(), found.group(2).stripIndent())));
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
