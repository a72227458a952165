package dev.acme53.api;

/// Annotations that we write or read (api.md §9.3, §9.4).
public final class Annotations {
    /// Name of the Certificate: on target Secrets, CertificateRequests and Orders.
    public static final String CERTIFICATE_NAME = "cert-manager.io/certificate-name";

    /// Decimal revision from 1: on CertificateRequests and Orders.
    public static final String CERTIFICATE_REVISION = "cert-manager.io/certificate-revision";

    /// Name of the next-key Secret: on CertificateRequests and Orders.
    public static final String PRIVATE_KEY_SECRET_NAME = "cert-manager.io/private-key-secret-name";

    /// On a Certificate, value `true`: a self-made certificate while waiting.
    public static final String ISSUE_TEMPORARY_CERTIFICATE = "cert-manager.io/issue-temporary-certificate";

    /// On target Secrets: the request's issuerRef as it is written, possibly empty.
    public static final String ISSUER_NAME = "cert-manager.io/issuer-name";

    public static final String ISSUER_KIND = "cert-manager.io/issuer-kind";
    public static final String ISSUER_GROUP = "cert-manager.io/issuer-group";

    /// On target Secrets: from the leaf, present even if empty.
    public static final String COMMON_NAME = "cert-manager.io/common-name";

    public static final String ALT_NAMES = "cert-manager.io/alt-names";
    public static final String IP_SANS = "cert-manager.io/ip-sans";
    public static final String URI_SANS = "cert-manager.io/uri-sans";

    /// On target Secrets: from the leaf, only when there are any.
    public static final String EMAIL_SANS = "cert-manager.io/email-sans";

    public static final String SUBJECT_ORGANIZATIONS = "cert-manager.io/subject-organizations";
    public static final String SUBJECT_ORGANIZATIONAL_UNITS = "cert-manager.io/subject-organizationalunits";
    public static final String SUBJECT_COUNTRIES = "cert-manager.io/subject-countries";
    public static final String SUBJECT_PROVINCES = "cert-manager.io/subject-provinces";
    public static final String SUBJECT_LOCALITIES = "cert-manager.io/subject-localities";
    public static final String SUBJECT_POSTAL_CODES = "cert-manager.io/subject-postalcodes";
    public static final String SUBJECT_STREET_ADDRESSES = "cert-manager.io/subject-streetaddresses";
    public static final String SUBJECT_SERIAL_NUMBER = "cert-manager.io/subject-serialnumber";

    /// On a Challenge: the Route 53 change that carries its record, so that a restart polls on.
    public static final String ROUTE53_CHANGE = "acme53.dev/route53-change";

    private Annotations() {}
}
