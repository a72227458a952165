package dev.acme53.api;

import com.fasterxml.jackson.databind.JsonNode;

/// JSON as Go's encoding/json writes it: no spaces, and besides what must be escaped also `<`, `>`, `&` and the line
/// separators.
final class GoJson {
    private GoJson() {}

    static String text(JsonNode node) {
        var out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            var separator = '{';
            for (var member : node.properties()) {
                out.append(separator);
                quote(member.getKey(), out);
                out.append(':');
                write(member.getValue(), out);
                separator = ',';
            }
            out.append(node.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            var separator = '[';
            for (var element : node) {
                out.append(separator);
                write(element, out);
                separator = ',';
            }
            out.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isTextual()) {
            quote(node.textValue(), out);
        } else {
            out.append(node.asText());
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> out.append("\\u%04x".formatted((int) c));
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
