package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether each issuance makes a new private key; Always when left out.
public enum RotationPolicy {
    NEVER("Never"),
    ALWAYS("Always");

    private final String text;

    RotationPolicy(String text) {
        this.text = text;
    }

    /// As the API writes it.
    @JsonValue
    public String text() {
        return text;
    }

    /// A value we do not know reads as absent.
    @JsonCreator
    static @Nullable RotationPolicy of(String text) {
        return Arrays.stream(values())
                .filter(v -> v.text.equals(text))
                .findFirst()
                .orElse(null);
    }
}
