package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Of the CSR.
public enum SignatureAlgorithm {
    SHA256_WITH_RSA("SHA256WithRSA"),
    SHA384_WITH_RSA("SHA384WithRSA"),
    SHA512_WITH_RSA("SHA512WithRSA"),
    ECDSA_WITH_SHA256("ECDSAWithSHA256"),
    ECDSA_WITH_SHA384("ECDSAWithSHA384"),
    ECDSA_WITH_SHA512("ECDSAWithSHA512"),
    PURE_ED25519("PureEd25519");

    private final String text;

    SignatureAlgorithm(String text) {
        this.text = text;
    }

    /// As the API writes it.
    @JsonValue
    public String text() {
        return text;
    }

    /// A value we do not know reads as absent.
    @JsonCreator
    static @Nullable SignatureAlgorithm of(String text) {
        return Arrays.stream(values())
                .filter(v -> v.text.equals(text))
                .findFirst()
                .orElse(null);
    }
}
