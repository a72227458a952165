package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/// An issuer for its own namespace (api.md §5).
// Jackson would else take HasMetadata's deserializer, by way of AnyIssuer, before the one of CustomResource
@JsonDeserialize(using = JsonDeserializer.None.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@Group("cert-manager.io")
@Version("v1")
@Kind("Issuer")
@Plural("issuers")
@Singular("issuer")
public final class Issuer extends CustomResource<IssuerSpec, IssuerStatus> implements Namespaced, AnyIssuer {
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
