package dev.acme53.aws;

import dev.acme53.api.IssuerRef;

/// What an issuer may use.
///
/// @param issuerKind `Issuer`, `ClusterIssuer` or what an external issuer calls itself
/// @param resourceNamespace the only namespace whose Secrets and ServiceAccounts are read
/// @param ambientAllowed whether the controller's own credentials may serve it (route53.md R15)
public record IssuerScope(String issuerKind, String resourceNamespace, boolean ambientAllowed) {
    /// The scope of the issuer that an object in `namespace` names (route53.md R15, R19).
    ///
    /// @param clusterResourceNamespace where ClusterIssuers have their Secrets and ServiceAccounts
    public static IssuerScope of(
            IssuerRef ref, String namespace, String clusterResourceNamespace, AmbientRights rights) {
        var kind = ref.kindOrDefault();
        return new IssuerScope(kind, ref.isClusterIssuer() ? clusterResourceNamespace : namespace, rights.allow(kind));
    }
}
