package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A PKCS#12 keystore. Empty and absent differ for `password`.
@OmitEmpty
public record Pkcs12Keystore(
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean create,
        @Nullable Pkcs12Profile profile,
        @Nullable SecretKeySelector passwordSecretRef,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String password) {

    /// The password stays out of logs.
    @Override
    public String toString() {
        return "Pkcs12Keystore[create=" + create + "]";
    }
}
