package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.api.Bytes;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateRequestSpec;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.ObjectNames;
import dev.acme53.api.OwnerReferences;
import dev.acme53.reconcile.Creation;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The CertificateRequests of Certificates: created under the name of their revision, so that none is ever created
/// twice; read live when their certificate matters.
final class CertificateRequests {
    private final KubernetesClient client;
    private final CertificateSettings settings;

    CertificateRequests(KubernetesClient client, CertificateSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /// Creates the request of a revision.
    /// @return empty when there is one of its name already
    Optional<CertificateRequest> create(Certificate certificate, long revision, String nextKeySecret, String csr) {
        return Creation.create(
                client, request(certificate, revision, nextKeySecret, csr, settings), FieldManagers.REQUEST_MANAGER);
    }

    /// The request of a revision as it is stored now.
    Optional<CertificateRequest> find(Certificate certificate, long revision) {
        return find(
                certificate,
                ObjectNames.certificateRequest(certificate.getMetadata().getName(), revision));
    }

    /// A request as it is stored now.
    Optional<CertificateRequest> find(Certificate certificate, String name) {
        return Optional.ofNullable(client.resources(CertificateRequest.class)
                .inNamespace(certificate.getMetadata().getNamespace())
                .withName(name)
                .get());
    }

    void delete(Certificate certificate, OwnedRequest request) {
        Deletion.delete(
                client,
                CertificateRequest.class,
                certificate.getMetadata().getNamespace(),
                request.name(),
                request.uid());
    }

    static CertificateRequest request(
            Certificate certificate, long revision, String nextKeySecret, String csr, CertificateSettings settings) {
        var meta = certificate.getMetadata();
        var spec = certificate.getSpec();
        var annotations = CopiedAnnotations.of(
                Objects.requireNonNullElse(meta.getAnnotations(), Map.of()), settings.copiedAnnotationPrefixes());
        annotations.put(Annotations.CERTIFICATE_REVISION, Long.toString(revision));
        annotations.put(Annotations.PRIVATE_KEY_SECRET_NAME, nextKeySecret);
        annotations.put(Annotations.CERTIFICATE_NAME, meta.getName());
        var request = new CertificateRequest();
        request.setMetadata(new ObjectMetaBuilder()
                .withName(ObjectNames.certificateRequest(meta.getName(), revision))
                .withNamespace(meta.getNamespace())
                .withLabels(meta.getLabels())
                .withAnnotations(annotations)
                .withOwnerReferences(OwnerReferences.controlledBy(certificate))
                .build());
        request.setSpec(new CertificateRequestSpec(
                spec.duration(),
                spec.issuerRef(),
                Bytes.ofText(csr),
                spec.isCA(),
                spec.usages(),
                null,
                null,
                null,
                null));
        return request;
    }
}
