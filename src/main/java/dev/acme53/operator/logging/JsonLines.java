package dev.acme53.operator.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// `{"ts":"…","level":"info","logger":"…","msg":"…",…,"error":"class: message","stack":"…"}`: one flat object a line.
/// Numbers and booleans stay such, all other values are text. An event's key that is already taken gets a `_`
/// in front.
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> TAKEN = Set.of("ts", "level", "logger", "msg", "error", "stack");

    private final boolean everyStack;

    /// @param everyStack whether to show stacks too that explain nothing ([LogFields#stack])
    JsonLines(boolean everyStack) {
        this.everyStack = everyStack;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var bytes = new ByteArrayOutputStream(256);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("ts", TextLines.TIME.format(event.getInstant()));
            json.writeStringField("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
            json.writeStringField("logger", LogFields.logger(event));
            json.writeStringField("msg", LogFields.shown(event.getFormattedMessage()));
            for (var field : LogFields.of(event).entrySet()) {
                write(json, field);
            }
            if (event.getThrowableProxy() != null) {
                json.writeStringField("error", LogFields.shown(LogFields.error(event)));
            }
            var stack = LogFields.stack(event, everyStack);
            if (stack.isPresent()) {
                json.writeStringField("stack", LogFields.shown(stack.get()));
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Map.Entry<String, Object> field) throws IOException {
        json.writeFieldName(TAKEN.contains(field.getKey()) ? "_" + field.getKey() : field.getKey());
        switch (field.getValue()) {
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case Object other -> json.writeString(LogFields.shown(other.toString()));
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
