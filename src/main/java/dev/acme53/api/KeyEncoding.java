package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Of the PEM block in `tls.key`; PKCS1 when left out (for an EC key that means SEC 1, Ed25519 is always PKCS8).
public enum KeyEncoding {
    PKCS1("PKCS1"),
    PKCS8("PKCS8");

    private final String text;

    KeyEncoding(String text) {
        this.text = text;
    }

    /// As the API writes it.
    @JsonValue
    public String text() {
        return text;
    }

    /// A value we do not know reads as absent.
    @JsonCreator
    static @Nullable KeyEncoding of(String text) {
        return Arrays.stream(values())
                .filter(v -> v.text.equals(text))
                .findFirst()
                .orElse(null);
    }
}
