package dev.acme53.operator.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// `2026-11-24T09:30:00.123Z INFO  order.OrderReconciler: order created order_url="https://…" resource_name="a"`.
/// Line breaks inside a message or value are shown as `\n`, so that one event is one line; a stack trace follows on
/// lines of its own.
final class TextLines extends EncoderBase<ILoggingEvent> {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new StringBuilder(200);
        TIME.formatTo(event.getInstant(), line);
        line.append(' ').append(event.getLevel());
        line.repeat(' ', 6 - event.getLevel().toString().length());
        line.append(LogFields.logger(event)).append(": ");
        escape(event.getFormattedMessage(), line);
        LogFields.of(event).forEach((key, value) -> {
            line.append(' ').append(key).append("=\"");
            escape(String.valueOf(value).replace("\"", "\\\""), line);
            line.append('"');
        });
        line.append('\n').append(stack(event.getThrowableProxy()));
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String stack(@Nullable IThrowableProxy thrown) {
        return thrown == null ? "" : ThrowableProxyUtil.asString(thrown);
    }

    private static void escape(String text, StringBuilder line) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\n') {
                line.append("\\n");
            } else if (Character.isISOControl(c) && c != '\t') {
                line.append('?');
            } else {
                line.append(c);
            }
        }
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
