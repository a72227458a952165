package dev.acme53.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a CertificateRequest stands (api.md §4.2). `certificate` is a PEM chain, leaf first.
@OmitEmpty
public record CertificateRequestStatus(
        List<Condition> conditions,
        Bytes certificate,
        Bytes ca,
        @Rfc3339 @Nullable Instant failureTime) {

    private static final CertificateRequestStatus EMPTY =
            new CertificateRequestStatus(List.of(), Bytes.EMPTY, Bytes.EMPTY, null);

    public CertificateRequestStatus(
            @Nullable List<Condition> conditions,
            @Nullable Bytes certificate,
            @Nullable Bytes ca,
            @Nullable Instant failureTime) {
        this.conditions = Absent.or(conditions);
        this.certificate = certificate == null ? Bytes.EMPTY : certificate;
        this.ca = ca == null ? Bytes.EMPTY : ca;
        this.failureTime = Absent.orSeconds(failureTime);
    }

    /// The status of an object that has none yet.
    public static CertificateRequestStatus empty() {
        return EMPTY;
    }

    public CertificateRequestStatus withConditions(List<Condition> conditions) {
        return new CertificateRequestStatus(conditions, certificate, ca, failureTime);
    }

    public CertificateRequestStatus withCertificate(Bytes certificate) {
        return new CertificateRequestStatus(conditions, certificate, ca, failureTime);
    }

    public CertificateRequestStatus withCa(Bytes ca) {
        return new CertificateRequestStatus(conditions, certificate, ca, failureTime);
    }

    public CertificateRequestStatus withFailureTime(@Nullable Instant failureTime) {
        return new CertificateRequestStatus(conditions, certificate, ca, failureTime);
    }
}
