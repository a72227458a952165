package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.api.Certificate;
import dev.acme53.api.Labels;
import dev.acme53.api.OwnerReferences;
import dev.acme53.x509.Leaf;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The whole of a target Secret that is ours, to be applied (behaviour.md §1.7): what we applied before and is not in
/// it goes away.
final class SecretContent {
    private SecretContent() {}

    /// @param type of the Secret that is there, which cannot change, or of a new one
    /// @param data base64
    /// @param issuer the annotations that name the issuer; none on a temporary certificate's Secret
    static Secret of(
            Certificate certificate,
            CertificateSettings settings,
            String type,
            Map<String, String> data,
            Map<String, String> issuer,
            Leaf leaf) {
        var labels = new TreeMap<String, String>();
        var annotations = new TreeMap<String, String>();
        var template = certificate.getSpec().secretTemplate();
        if (template != null) {
            labels.putAll(template.labels());
            annotations.putAll(template.annotations());
        }
        labels.put(Labels.CACHED, Labels.TRUE);
        annotations.put(Annotations.CERTIFICATE_NAME, certificate.getMetadata().getName());
        annotations.putAll(issuer);
        annotations.putAll(CertificateDetails.of(leaf));
        return new SecretBuilder()
                .withNewMetadata()
                .withName(certificate.getSpec().secretName())
                .withNamespace(certificate.getMetadata().getNamespace())
                .withLabels(labels)
                .withAnnotations(annotations)
                .withOwnerReferences(
                        settings.ownerReference() ? List.of(OwnerReferences.controlledBy(certificate)) : List.of())
                .endMetadata()
                .withType(type)
                .withData(data)
                .build();
    }
}
