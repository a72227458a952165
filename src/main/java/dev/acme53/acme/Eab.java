package dev.acme53.acme;

import javax.crypto.SecretKey;

/// The account at the CA's own site that a new ACME account is bound to (RFC 8555 §7.3.4), by HS256.
///
/// @param keyId what the CA calls the MAC key
public record Eab(String keyId, SecretKey macKey) {
    /// Without the key.
    @Override
    public String toString() {
        return "Eab[keyId=" + keyId + "]";
    }
}
