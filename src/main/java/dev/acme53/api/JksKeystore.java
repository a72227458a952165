package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A Java keystore. Empty and absent differ for `alias` and `password`.
@OmitEmpty
public record JksKeystore(
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean create,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String alias,
        @Nullable SecretKeySelector passwordSecretRef,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String password) {

    /// The password stays out of logs.
    @Override
    public String toString() {
        return "JksKeystore[create=" + create + "]";
    }
}
