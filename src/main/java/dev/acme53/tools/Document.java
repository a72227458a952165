package dev.acme53.tools;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// One policy document of IAM.
///
/// @param purpose one line: what it is and where it is attached
/// @param content objects as maps, lists as collections, all else as text; in the order to be written
public record Document(String purpose, Map<String, Object> content) {
    /// The same with more to its purpose.
    Document and(String more) {
        return new Document(purpose + more, content);
    }

    /// The document as JSON, two spaces for each level.
    public String json() {
        return json(content, "");
    }

    /// Purpose and document as one JSON object.
    String jsonWithPurpose() {
        return "  {\n    \"purpose\": " + text(purpose) + ",\n    \"document\": " + json(content, "    ") + "\n  }";
    }

    private static String json(Object value, String indent) {
        var inner = indent + "  ";
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(e -> inner + text(e.getKey().toString()) + ": " + json(e.getValue(), inner))
                        .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
            case Collection<?> list ->
                list.stream()
                        .map(item -> inner + json(item, inner))
                        .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
            default -> text(value.toString());
        };
    }

    private static String text(String plain) {
        return plain.chars()
                .mapToObj(c -> switch (c) {
                    case '"' -> "\\\"";
                    case '\\' -> "\\\\";
                    default -> c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c);
                })
                .collect(Collectors.joining("", "\"", "\""));
    }
}
