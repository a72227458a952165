package dev.acme53.x509;

/// What became of a wish for a certificate signing request.
public sealed interface BuiltCsr {
    /// A signed request.
    /// @param pem one block `CERTIFICATE REQUEST`
    record Built(String pem) implements BuiltCsr {}

    /// The wish cannot be put into a request; trying again does not help.
    /// @param reason for users
    record Unbuildable(String reason) implements BuiltCsr {}
}
