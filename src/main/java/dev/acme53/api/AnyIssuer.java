package dev.acme53.api;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// An Issuer or a ClusterIssuer: the same content, another scope.
public sealed interface AnyIssuer extends HasMetadata permits Issuer, ClusterIssuer {
    IssuerSpec getSpec();

    /// Never null: an empty one until the API server says otherwise.
    IssuerStatus statusOrEmpty();

    /// Where the Secrets and ServiceAccounts are that the issuer names: an Issuer's own namespace, a ClusterIssuer's
    /// is the one of the flag `--cluster-resource-namespace`.
    default String resourceNamespace(String clusterResourceNamespace) {
        return switch (this) {
            case Issuer issuer -> issuer.getMetadata().getNamespace();
            case ClusterIssuer _ -> clusterResourceNamespace;
        };
    }

    /// Whether the issuer's condition Ready is True.
    default boolean hasReady() {
        return Conditions.isTrue(statusOrEmpty().conditions(), ConditionTypes.READY);
    }
}
