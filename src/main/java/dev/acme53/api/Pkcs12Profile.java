package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Encryption and MAC of a PKCS#12 keystore; LegacyRC2 when left out.
public enum Pkcs12Profile {
    LEGACY_RC2("LegacyRC2"),
    LEGACY_DES("LegacyDES"),
    MODERN_2023("Modern2023"),
    MODERN_2026("Modern2026");

    private final String text;

    Pkcs12Profile(String text) {
        this.text = text;
    }

    /// As the API writes it.
    @JsonValue
    public String text() {
        return text;
    }

    /// A value we do not know reads as absent.
    @JsonCreator
    static @Nullable Pkcs12Profile of(String text) {
        return Arrays.stream(values())
                .filter(v -> v.text.equals(text))
                .findFirst()
                .orElse(null);
    }
}
