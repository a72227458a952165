package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a Certificate stands (api.md §3.2).
@OmitEmpty
public record CertificateStatus(
        List<Condition> conditions,
        @Rfc3339 @Nullable Instant lastFailureTime,
        @Rfc3339 @Nullable Instant notBefore,
        @Rfc3339 @Nullable Instant notAfter,
        @Rfc3339 @Nullable Instant renewalTime,
        @Nullable Long revision,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextPrivateKeySecretName,
        @Nullable Long failedIssuanceAttempts,
        @Nullable CertificateAcmeStatus acme) {

    private static final CertificateStatus EMPTY =
            new CertificateStatus(List.of(), null, null, null, null, null, null, null, null);

    public CertificateStatus(
            @Nullable List<Condition> conditions,
            @Nullable Instant lastFailureTime,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            @Nullable Instant renewalTime,
            @Nullable Long revision,
            @Nullable String nextPrivateKeySecretName,
            @Nullable Long failedIssuanceAttempts,
            @Nullable CertificateAcmeStatus acme) {
        this.conditions = Absent.or(conditions);
        this.lastFailureTime = Absent.orSeconds(lastFailureTime);
        this.notBefore = Absent.orSeconds(notBefore);
        this.notAfter = Absent.orSeconds(notAfter);
        this.renewalTime = Absent.orSeconds(renewalTime);
        this.revision = revision;
        this.nextPrivateKeySecretName = nextPrivateKeySecretName;
        this.failedIssuanceAttempts = failedIssuanceAttempts;
        this.acme = acme;
    }

    /// The status of an object that has none yet.
    public static CertificateStatus empty() {
        return EMPTY;
    }

    public CertificateStatus withConditions(List<Condition> conditions) {
        return new CertificateStatus(
                conditions,
                lastFailureTime,
                notBefore,
                notAfter,
                renewalTime,
                revision,
                nextPrivateKeySecretName,
                failedIssuanceAttempts,
                acme);
    }

    public CertificateStatus withLastFailureTime(@Nullable Instant lastFailureTime) {
        return new CertificateStatus(
                conditions,
                lastFailureTime,
                notBefore,
                notAfter,
                renewalTime,
                revision,
                nextPrivateKeySecretName,
                failedIssuanceAttempts,
                acme);
    }

    public CertificateStatus withNotBefore(@Nullable Instant notBefore) {
        return new CertificateStatus(
                conditions,
                lastFailureTime,
                notBefore,
                notAfter,
                renewalTime,
                revision,
                nextPrivateKeySecretName,
                failedIssuanceAttempts,
                acme);
    }

    public CertificateStatus withNotAfter(@Nullable Instant notAfter) {
        return new CertificateStatus(
                conditions,
                lastFailureTime,
                notBefore,
                notAfter,
                renewalTime,
                revision,
                nextPrivateKeySecretName,
                failedIssuanceAttempts,
                acme);
    }

    public CertificateStatus withRenewalTime(@Nullable Instant renewalTime) {
        return new CertificateStatus(
                conditions,
                lastFailureTime,
                notBefore,
                notAfter,
                renewalTime,
                revision,
                nextPrivateKeySecretName,
                failedIssuanceAttempts,
                acme);
    }

    public CertificateStatus withRevision(@Nullable Long revision) {
        return new CertificateStatus(
                conditions,
                lastFailureTime,
                notBefore,
                notAfter,
                renewalTime,
                revision,
                nextPrivateKeySecretName,
                failedIssuanceAttempts,
                acme);
    }

    public CertificateStatus withNextPrivateKeySecretName(@Nullable String nextPrivateKeySecretName) {
        return new CertificateStatus(
                conditions,
                lastFailureTime,
                notBefore,
                notAfter,
                renewalTime,
                revision,
                nextPrivateKeySecretName,
                failedIssuanceAttempts,
                acme);
    }

    public CertificateStatus withFailedIssuanceAttempts(@Nullable Long failedIssuanceAttempts) {
        return new CertificateStatus(
                conditions,
                lastFailureTime,
                notBefore,
                notAfter,
                renewalTime,
                revision,
                nextPrivateKeySecretName,
                failedIssuanceAttempts,
                acme);
    }
}
