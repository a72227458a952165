package dev.acme53.x509;

/// What the octets of a certificate signing request turned out to be.
public sealed interface DecodedCsr {
    /// A request that can be used.
    record Decoded(Csr csr) implements DecodedCsr {}

    /// Not a request, or one that is damaged or not signed by its own key.
    /// @param reason for users
    record Undecodable(String reason) implements DecodedCsr {}
}
