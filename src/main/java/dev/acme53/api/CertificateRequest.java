package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/// One CSR to be signed by an issuer, made for a Certificate or by anyone (api.md §4).
@JsonIgnoreProperties(ignoreUnknown = true)
@Group("cert-manager.io")
@Version("v1")
@Kind("CertificateRequest")
@Plural("certificaterequests")
@Singular("certificaterequest")
public final class CertificateRequest extends CustomResource<CertificateRequestSpec, CertificateRequestStatus>
        implements Namespaced {
    /// Never null: an empty one until the API server says otherwise.
    public CertificateRequestStatus statusOrEmpty() {
        var status = getStatus();
        return status == null ? CertificateRequestStatus.empty() : status;
    }

    @Override
    protected CertificateRequestStatus initStatus() {
        return CertificateRequestStatus.empty();
    }

    /// The peer's schema lets one without a spec in.
    @Override
    protected CertificateRequestSpec initSpec() {
        return CertificateRequestSpec.NONE;
    }
}
