package dev.acme53.account;

import java.security.KeyPair;

/// What the account key of an issuer turned out to be.
public sealed interface AccountKey {
    /// An RSA key.
    ///
    /// @param hash standard base64 of SHA-256 over the PKCS#1 DER, as `status.acme.lastPrivateKeyHash` has it
    record Found(KeyPair pair, String hash) implements AccountKey {
        /// Says nothing of the key but its hash.
        @Override
        public String toString() {
            return "Found[hash=" + hash + "]";
        }
    }

    /// There is no Secret of that name.
    record NoSecret(String namespace, String name) implements AccountKey {}

    /// The Secret is there but has no key that can be used; only a change of the Secret helps.
    ///
    /// @param reason a sentence part for users that names the Secret
    record Unusable(String reason) implements AccountKey {}
}
