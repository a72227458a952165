package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Of a Challenge object; at the CA the same in lower case.
public enum ChallengeType {
    HTTP_01("HTTP-01"),
    DNS_01("DNS-01");

    private final String text;

    ChallengeType(String text) {
        this.text = text;
    }

    /// As the API writes it.
    @JsonValue
    public String text() {
        return text;
    }

    /// A value we do not know reads as absent.
    @JsonCreator
    static @Nullable ChallengeType of(String text) {
        return Arrays.stream(values())
                .filter(v -> v.text.equals(text))
                .findFirst()
                .orElse(null);
    }
}
