package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One condition of a status (api.md §2.5). Those of a CertificateRequest have no `observedGeneration`.
///
/// [Conditions] makes and changes them.
@OmitEmpty
public record Condition(
        @JsonInclude(JsonInclude.Include.ALWAYS) String type,
        @JsonInclude(JsonInclude.Include.ALWAYS) Status status,
        @Rfc3339 @Nullable Instant lastTransitionTime,
        String reason,
        String message,
        @Nullable Long observedGeneration) {

    public Condition(
            @Nullable String type,
            @Nullable Status status,
            @Nullable Instant lastTransitionTime,
            @Nullable String reason,
            @Nullable String message,
            @Nullable Long observedGeneration) {
        this.type = Absent.orShared(type);
        this.status = status == null ? Status.UNKNOWN : status;
        this.lastTransitionTime = Absent.orSeconds(lastTransitionTime);
        this.reason = Absent.orShared(reason);
        this.message = Absent.orShared(message);
        this.observedGeneration = observedGeneration;
    }

    /// True, False or Unknown.
    public enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }

        @JsonCreator
        static Status of(String text) {
            return switch (text) {
                case "True" -> TRUE;
                case "False" -> FALSE;
                default -> UNKNOWN;
            };
        }
    }
}
