package dev.acme53.operator.flags;

import java.util.Set;

/// What `--controllers` switches here, with cert-manager's names for it (behaviour.md §6.3). Several of its
/// controllers may be one stage here.
public enum Stage {
    ISSUERS("issuers"),
    CLUSTER_ISSUERS("clusterissuers"),
    CERTIFICATES(
            "certificates-trigger",
            "certificates-issuing",
            "certificates-key-manager",
            "certificates-request-manager",
            "certificates-readiness",
            "certificates-revision-manager"),
    APPROVER("certificaterequests-approver"),
    REQUESTS("certificaterequests-issuer-acme"),
    ORDERS("orders"),
    CHALLENGES("challenges"),
    /// Series of Certificates in `/metrics`.
    CERTIFICATE_METRICS("certificates-metrics");

    // immutable, but its type cannot say so
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> controllers;

    Stage(String... controllers) {
        this.controllers = Set.of(controllers);
    }

    /// cert-manager's controllers that this stage is.
    Set<String> controllers() {
        return controllers;
    }
}
