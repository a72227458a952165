package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether a certificate is renewed for its age.
public enum RenewalPolicy {
    RENEW_BEFORE("RenewBefore"),
    DISABLED("Disabled");

    private final String text;

    RenewalPolicy(String text) {
        this.text = text;
    }

    /// As the API writes it.
    @JsonValue
    public String text() {
        return text;
    }

    /// A value we do not know reads as absent.
    @JsonCreator
    static @Nullable RenewalPolicy of(String text) {
        return Arrays.stream(values())
                .filter(v -> v.text.equals(text))
                .findFirst()
                .orElse(null);
    }
}
