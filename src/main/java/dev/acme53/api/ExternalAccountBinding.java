package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// The account at the CA's own site (RFC 8555 §7.3.4). The Secret entry is unpadded base64url; `keyAlgorithm` is
/// ignored, always HS256.
@OmitEmpty
public record ExternalAccountBinding(
        @JsonProperty("keyID") @JsonInclude(JsonInclude.Include.ALWAYS)
        String keyID,

        @JsonInclude(JsonInclude.Include.ALWAYS) SecretKeySelector keySecretRef,
        String keyAlgorithm) {

    public ExternalAccountBinding(
            @Nullable String keyID, @Nullable SecretKeySelector keySecretRef, @Nullable String keyAlgorithm) {
        this.keyID = Absent.or(keyID);
        this.keySecretRef = SecretKeySelector.or(keySecretRef);
        this.keyAlgorithm = Absent.or(keyAlgorithm);
    }
}
