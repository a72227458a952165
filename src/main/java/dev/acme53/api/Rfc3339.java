package dev.acme53.api;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A time as Kubernetes writes it: RFC 3339, UTC, whole seconds (`2026-01-02T03:04:05Z`).
///
/// Text that is no such time reads as absent: one bad status must not hide a whole list from an informer.
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonSerialize(using = Rfc3339.Writer.class)
@JsonDeserialize(using = Rfc3339.Reader.class)
@interface Rfc3339 {

    /// Instant to text.
    final class Writer extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider context) throws IOException {
            json.writeString(time.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    /// Text to Instant.
    final class Reader extends JsonDeserializer<Instant> {
        @Override
        public @Nullable Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            var text = json.getValueAsString("");
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException _) {
                return null;
            }
        }
    }
}
