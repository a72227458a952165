package dev.acme53.operator.metrics;

import java.io.IOException;
import java.io.Writer;

/// Writes series in Prometheus' text format 0.0.4, as they come, so that thousands of them need no memory. Written by
/// hand for one reason: the libraries append `_total` to counters, and the peer's have none.
final class Exposition {
    private final Writer out;
    private String name = "";

    Exposition(Writer out) {
        this.out = out;
    }

    /// Starts a gauge; its samples follow.
    void gauge(String name, String help) throws IOException {
        metric(name, "gauge", help);
    }

    /// Starts a counter; its samples follow.
    void counter(String name, String help) throws IOException {
        metric(name, "counter", help);
    }

    private void metric(String name, String type, String help) throws IOException {
        this.name = name;
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /// One sample of the metric started last.
    /// @param labels names and values in turn
    void sample(double value, String... labels) throws IOException {
        out.append(name);
        for (var i = 0; i < labels.length; i += 2) {
            out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            escaped(labels[i + 1]);
            out.append('"');
        }
        if (labels.length > 0) {
            out.append('}');
        }
        out.append(' ').append(number(value)).append('\n');
    }

    private void escaped(String value) throws IOException {
        for (var i = 0; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(value.charAt(i));
            }
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
