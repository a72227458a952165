package dev.acme53.api;

/// Types of conditions (api.md §8).
public final class ConditionTypes {
    public static final String READY = "Ready";

    /// Of a Certificate: an issuance is under way (True) or failed last (False).
    public static final String ISSUING = "Issuing";

    /// Of a CertificateRequest; never False.
    public static final String APPROVED = "Approved";

    /// Of a CertificateRequest; never False.
    public static final String DENIED = "Denied";

    /// Of a CertificateRequest; set by others only.
    public static final String INVALID_REQUEST = "InvalidRequest";

    private ConditionTypes() {}
}
