package dev.acme53.operator.flags;

import static dev.acme53.operator.flags.Flag.served;

import java.time.Duration;
import java.util.List;

/// The flags of Certificates and their requests: which are approved, what is copied, when a failure is tried again, how
/// large what is read may be.
final class CertificateFlags {
    static final Flag<List<String>> APPROVED_SIGNERS = served(
            "approve-signer-names",
            "approveSignerNames",
            ValueType.list("plural.group/name,…", SignerName::checked),
            "",
            "whose requests the approver approves: `issuers.cert-manager.io/NAMESPACE.NAME`,"
                    + " `clusterissuers.cert-manager.io/NAME`, or `*` after the slash; empty: all");
    static final Flag<Boolean> CERTIFICATE_OWNER_REF = served(
            "enable-certificate-owner-ref",
            "enableCertificateOwnerRef",
            ValueType.SWITCH,
            "false",
            "a Certificate owns its Secret, so that deleting the one deletes the other");
    static final Flag<List<String>> COPIED_ANNOTATION_PREFIXES = served(
            "copied-annotation-prefixes",
            "copiedAnnotationPrefixes",
            ValueType.LIST,
            "*,-kubectl.kubernetes.io/,-fluxcd.io/,-argocd.argoproj.io/",
            "which annotations of a Certificate its CertificateRequest and Order get; `-` in front excludes");
    static final Flag<Duration> MINIMUM_BACKOFF = served(
            "certificate-request-minimum-backoff-duration",
            "certificateRequestMinimumBackoffDuration",
            ValueType.DURATION_FROM_ZERO,
            "1h",
            "wait after the first failed issuance of a Certificate; 0: none after any");
    static final Flag<Duration> MAXIMUM_BACKOFF = served(
            "certificate-request-maximum-backoff-duration",
            "certificateRequestMaximumBackoffDuration",
            ValueType.DURATION_FROM_ZERO,
            "32h",
            "the longest wait after repeated failures, which double it");
    static final Flag<Integer> MAX_CERTIFICATE_SIZE = served(
            "max-certificate-size",
            "pemSizeLimitsConfig.maxCertificateSize",
            ValueType.POSITIVE_NUMBER,
            "36500",
            "longest PEM of one certificate, bytes");
    static final Flag<Integer> MAX_PRIVATE_KEY_SIZE = served(
            "max-private-key-size",
            "pemSizeLimitsConfig.maxPrivateKeySize",
            ValueType.POSITIVE_NUMBER,
            "13000",
            "longest PEM of a private key, bytes");
    static final Flag<Integer> MAX_CHAIN_LENGTH = served(
            "max-certificate-chain-length",
            "pemSizeLimitsConfig.maxChainLength",
            ValueType.POSITIVE_NUMBER,
            "95000",
            "longest PEM of a chain, bytes");
    static final Flag<Integer> MAX_BUNDLE_SIZE = served(
            "max-certificate-bundle-size",
            "pemSizeLimitsConfig.maxBundleSize",
            ValueType.POSITIVE_NUMBER,
            "330000",
            "longest PEM of a bundle, bytes");

    static final List<Flag<?>> ALL = List.of(
            APPROVED_SIGNERS,
            CERTIFICATE_OWNER_REF,
            COPIED_ANNOTATION_PREFIXES,
            MINIMUM_BACKOFF,
            MAXIMUM_BACKOFF,
            MAX_CERTIFICATE_SIZE,
            MAX_PRIVATE_KEY_SIZE,
            MAX_CHAIN_LENGTH,
            MAX_BUNDLE_SIZE);

    private CertificateFlags() {}
}
