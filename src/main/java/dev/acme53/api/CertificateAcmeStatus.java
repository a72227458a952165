package dev.acme53.api;

import org.jspecify.annotations.Nullable;

/// What the CA said about a certificate.
@OmitEmpty
public record CertificateAcmeStatus(@Nullable RenewalInformation ari) {}
