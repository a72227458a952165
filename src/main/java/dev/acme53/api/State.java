package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Of an order, authorization or challenge (api.md §8.4). Absent means not known yet.
public enum State {
    VALID("valid"),
    READY("ready"),
    PENDING("pending"),
    PROCESSING("processing"),
    INVALID("invalid"),
    EXPIRED("expired"),
    ERRORED("errored");

    private final String text;

    State(String text) {
        this.text = text;
    }

    /// As the API writes it.
    @JsonValue
    public String text() {
        return text;
    }

    /// Whether nothing more will happen by itself.
    @JsonIgnore
    public boolean isFinal() {
        return switch (this) {
            case VALID, INVALID, EXPIRED, ERRORED -> true;
            case READY, PENDING, PROCESSING -> false;
        };
    }

    /// Whether nothing more will happen by itself in `state`, which a new object does not have yet.
    public static boolean isOver(@Nullable State state) {
        return state != null && state.isFinal();
    }

    /// Final, and not as wanted.
    @JsonIgnore
    public boolean isFailure() {
        return isFinal() && this != VALID;
    }

    /// A value we do not know reads as absent.
    @JsonCreator
    static @Nullable State of(String text) {
        return Arrays.stream(values())
                .filter(v -> v.text.equals(text))
                .findFirst()
                .orElse(null);
    }
}
