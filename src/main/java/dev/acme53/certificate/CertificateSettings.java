package dev.acme53.certificate;

import dev.acme53.x509.PemLimits;
import java.time.Duration;
import java.util.List;

/// What the flags say about Certificates.
///
/// @param minimumBackoff wait after the first failed issuance (`--certificate-request-minimum-backoff-duration`);
/// zero or less: no wait ever
/// @param maximumBackoff longest wait (`--certificate-request-maximum-backoff-duration`)
/// @param ownerReference whether the target Secret is deleted with its Certificate (`--enable-certificate-owner-ref`)
/// @param copiedAnnotationPrefixes which annotations requests inherit (`--copied-annotation-prefixes`)
/// @param pemLimits how much PEM text is read (`--max-private-key-size` and its like)
public record CertificateSettings(
        Duration minimumBackoff,
        Duration maximumBackoff,
        boolean ownerReference,
        List<String> copiedAnnotationPrefixes,
        PemLimits pemLimits) {
    /// The flags' defaults.
    public static final CertificateSettings DEFAULTS = new CertificateSettings(
            Duration.ofHours(1),
            Duration.ofHours(32),
            false,
            List.of("*", "-kubectl.kubernetes.io/", "-fluxcd.io/", "-argocd.argoproj.io/"),
            PemLimits.DEFAULTS);

    public CertificateSettings {
        copiedAnnotationPrefixes = List.copyOf(copiedAnnotationPrefixes);
    }
}
