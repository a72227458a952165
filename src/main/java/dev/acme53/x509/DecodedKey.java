package dev.acme53.x509;

import java.security.KeyPair;

/// What a private key's PEM text turned out to be.
public sealed interface DecodedKey {
    /// A key, with the public key that belongs to it.
    record Decoded(KeyPair pair) implements DecodedKey {
        /// Says nothing of the key.
        @Override
        public String toString() {
            return "Decoded[" + pair.getPublic().getAlgorithm() + "]";
        }
    }

    /// Not a key we can use.
    /// @param reason for users; quotes nothing of the text
    record Undecodable(String reason) implements DecodedKey {}
}
