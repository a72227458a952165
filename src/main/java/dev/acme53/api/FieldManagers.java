package dev.acme53.api;

/// Field managers, and the source components of events: the peer's names, so that what it owns is ours to change
/// (behaviour.md §0.3, §13).
public final class FieldManagers {
    public static final String TRIGGER = "cert-manager-certificates-trigger";
    public static final String KEY_MANAGER = "cert-manager-certificates-key-manager";
    public static final String REQUEST_MANAGER = "cert-manager-certificates-request-manager";

    /// Also of the target Secret, by server-side apply.
    public static final String ISSUING = "cert-manager-certificates-issuing";

    public static final String READINESS = "cert-manager-certificates-readiness";
    public static final String APPROVER = "cert-manager-certificaterequests-approver";
    public static final String REQUEST_ACME = "cert-manager-certificaterequests-issuer-acme";
    public static final String ISSUERS = "cert-manager-issuers";
    public static final String CLUSTER_ISSUERS = "cert-manager-clusterissuers";
    public static final String ORDERS = "cert-manager-orders";

    /// Also of the finalizers of Challenges, by server-side apply.
    public static final String CHALLENGES = "cert-manager-challenges";

    private FieldManagers() {}
}
