package dev.acme53.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `values.yaml`, whose comments are its documentation: the one right above a key says what it means, and
/// `# == Title` begins a section.
final class ValuesFile {
    static final Path FILE = Project.CHART.resolve("values.yaml");

    private static final Pattern COMMENT = Pattern.compile(" *# (.*)");
    private static final Pattern KEY = Pattern.compile("( *)(\\w+):.*");
    private static final String TITLE = "== ";

    private final JsonNode root;
    private final List<Value> documented = new ArrayList<>();
    private final Deque<Key> keys = new ArrayDeque<>();
    private final List<String> comment = new ArrayList<>();
    private String section = "";

    /// An open key: how far it is indented, and its path.
    private record Key(int indent, String path) {}

    private ValuesFile(String text) {
        try {
            root = new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        text.lines().forEach(this::line);
    }

    static ValuesFile read() {
        return new ValuesFile(Project.read(FILE));
    }

    static ValuesFile of(String text) {
        return new ValuesFile(text);
    }

    JsonNode root() {
        return root;
    }

    /// In the order of the file.
    List<Value> documented() {
        return List.copyOf(documented);
    }

    /// The paths of everything that has no parts.
    List<String> leaves() {
        return leaves("", root).toList();
    }

    private static Stream<String> leaves(String path, JsonNode node) {
        return node instanceof ObjectNode parts && !parts.isEmpty()
                ? parts.properties().stream()
                        .flatMap(part ->
                                leaves(path.isEmpty() ? part.getKey() : path + "." + part.getKey(), part.getValue()))
                : Stream.of(path);
    }

    private void line(String line) {
        var text = COMMENT.matcher(line);
        var key = KEY.matcher(line);
        if (text.matches()) {
            comment.add(text.group(1));
        } else if (key.matches()) {
            key(key.group(1).length(), key.group(2));
        } else {
            noKey();
        }
    }

    private void noKey() {
        if (comment.size() == 1 && comment.getFirst().startsWith(TITLE)) {
            section = comment.getFirst().substring(TITLE.length());
        }
        comment.clear();
    }

    private void key(int indent, String name) {
        keys.removeIf(open -> open.indent >= indent);
        var path = keys.isEmpty() ? name : keys.getLast().path + "." + name;
        keys.addLast(new Key(indent, path));
        if (!comment.isEmpty()) {
            var standard = root.at("/" + path.replace('.', '/'));
            documented.add(new Value(section, path, standard, String.join(" ", comment)));
            comment.clear();
        }
    }
}
