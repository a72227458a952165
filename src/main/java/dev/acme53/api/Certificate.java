package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/// A certificate that a user wants kept in a Secret (api.md §3).
@JsonIgnoreProperties(ignoreUnknown = true)
@Group("cert-manager.io")
@Version("v1")
@Kind("Certificate")
@Plural("certificates")
@Singular("certificate")
public final class Certificate extends CustomResource<CertificateSpec, CertificateStatus> implements Namespaced {
    /// Never null: an empty one until the API server says otherwise.
    public CertificateStatus statusOrEmpty() {
        var status = getStatus();
        return status == null ? CertificateStatus.empty() : status;
    }

    @Override
    protected CertificateStatus initStatus() {
        return CertificateStatus.empty();
    }

    /// The peer's schema lets one without a spec in.
    @Override
    protected CertificateSpec initSpec() {
        return CertificateSpec.NONE;
    }
}
