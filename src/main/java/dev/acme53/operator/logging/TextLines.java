package dev.acme53.operator.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// `2026-11-24T09:30:00.123Z INFO  order.OrderReconciler: order created order_url="https://…" resource_name="a"`.
/// Line breaks inside a message or value are shown as `\n`, and so are backslashes and quotes in values, so that
/// one event is one line and no text looks like a key; a stack trace follows, indented.
final class TextLines extends EncoderBase<ILoggingEvent> {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final boolean everyStack;

    /// @param everyStack whether to show stacks too that explain nothing ([LogFields#stack])
    TextLines(boolean everyStack) {
        this.everyStack = everyStack;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new StringBuilder(200);
        TIME.formatTo(event.getInstant(), line);
        line.append(' ').append(event.getLevel());
        line.repeat(' ', 6 - event.getLevel().toString().length());
        line.append(LogFields.logger(event)).append(": ");
        line.append(oneLine(event.getFormattedMessage()));
        LogFields.of(event).forEach((key, value) -> append(key, String.valueOf(value), line));
        if (event.getThrowableProxy() != null) {
            append("error", LogFields.error(event), line);
        }
        LogFields.stack(event, everyStack)
                .ifPresent(stack ->
                        stack.lines().forEach(frame -> line.append("\n    ").append(LogFields.shown(frame))));
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(String key, String value, StringBuilder line) {
        line.append(' ')
                .append(key)
                .append("=\"")
                .append(oneLine(value.replace("\\", "\\\\").replace("\"", "\\\"")))
                .append('"');
    }

    private static String oneLine(String text) {
        return LogFields.shown(text.replace("\r\n", "\n")).replace("\n", "\\n");
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
