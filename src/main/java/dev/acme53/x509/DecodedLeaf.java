package dev.acme53.x509;

/// What the first certificate of a PEM text turned out to be.
public sealed interface DecodedLeaf {
    /// A certificate.
    record Decoded(Leaf leaf) implements DecodedLeaf {}

    /// Not a certificate.
    /// @param reason for users
    record Undecodable(String reason) implements DecodedLeaf {}
}
