package dev.acme53.aws;

/// Whether the controller's own credentials may serve issuers of each kind (route53.md R15).
///
/// @param issuer `--issuer-ambient-credentials`
/// @param clusterIssuer `--cluster-issuer-ambient-credentials`
public record AmbientRights(boolean issuer, boolean clusterIssuer) {
    /// The flags' defaults.
    public static final AmbientRights DEFAULT = new AmbientRights(false, true);

    boolean allow(String issuerKind) {
        return switch (issuerKind) {
            case "ClusterIssuer" -> clusterIssuer;
            case "Issuer" -> issuer;
            default -> false;
        };
    }
}
