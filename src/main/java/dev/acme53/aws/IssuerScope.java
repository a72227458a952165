package dev.acme53.aws;

/// What an issuer may use.
///
/// @param issuerKind `Issuer`, `ClusterIssuer` or what an external issuer calls itself
/// @param resourceNamespace the only namespace whose Secrets and ServiceAccounts are read
/// @param ambientAllowed whether the controller's own credentials may serve it (route53.md R15)
public record IssuerScope(String issuerKind, String resourceNamespace, boolean ambientAllowed) {}
