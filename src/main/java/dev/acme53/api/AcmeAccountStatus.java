package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// The account at the CA: its URL, the email last registered, and the standard base64 of SHA-256 over the PKCS#1 DER of
/// its key.
@OmitEmpty
public record AcmeAccountStatus(
        @JsonProperty("uri") String uri, String lastRegisteredEmail, String lastPrivateKeyHash) {

    private static final AcmeAccountStatus EMPTY = new AcmeAccountStatus("", "", "");

    public AcmeAccountStatus(
            @Nullable String uri, @Nullable String lastRegisteredEmail, @Nullable String lastPrivateKeyHash) {
        this.uri = Absent.or(uri);
        this.lastRegisteredEmail = Absent.or(lastRegisteredEmail);
        this.lastPrivateKeyHash = Absent.or(lastPrivateKeyHash);
    }

    /// The status of an object that has none yet.
    public static AcmeAccountStatus empty() {
        return EMPTY;
    }

    public AcmeAccountStatus withUri(String uri) {
        return new AcmeAccountStatus(uri, lastRegisteredEmail, lastPrivateKeyHash);
    }
}
