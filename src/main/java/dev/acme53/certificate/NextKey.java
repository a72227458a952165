package dev.acme53.certificate;

import java.security.PublicKey;

/// The private key of the issuance under way, which waits in a Secret of its own for its certificate (behaviour.md
/// §1.4).
sealed interface NextKey {
    /// Not looked at: nothing is being issued, or `status.nextPrivateKeySecretName` is unset.
    record Unknown() implements NextKey {}

    /// The named Secret does not exist.
    record Absent(String name) implements NextKey {}

    /// The named Secret is somebody else's.
    record Foreign(String name) implements NextKey {}

    /// The named Secret holds nothing that can be used.
    record Broken(SecretIdentity secret, String reason) implements NextKey {}

    /// The named Secret holds a key.
    record Usable(SecretIdentity secret, PublicKey publicKey) implements NextKey {}
}
