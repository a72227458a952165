package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/// An issuer for all namespaces (api.md §5); what it refers to is in the cluster resource namespace.
// Jackson would else take HasMetadata's deserializer, by way of AnyIssuer, before the one of CustomResource
@JsonDeserialize(using = JsonDeserializer.None.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@Group("cert-manager.io")
@Version("v1")
@Kind("ClusterIssuer")
@Plural("clusterissuers")
@Singular("clusterissuer")
public final class ClusterIssuer extends CustomResource<IssuerSpec, IssuerStatus> implements AnyIssuer {
    @Override
    public IssuerStatus statusOrEmpty() {
        var status = getStatus();
        return status == null ? IssuerStatus.empty() : status;
    }

    @Override
    protected IssuerStatus initStatus() {
        return IssuerStatus.empty();
    }
}
