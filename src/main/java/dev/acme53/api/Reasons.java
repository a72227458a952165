package dev.acme53.api;

import java.util.Set;

/// Reasons of conditions (api.md §8.1 to §8.3).
public final class Reasons {
    private Reasons() {}

    /// Of a Certificate's Ready and Issuing, in the order of the checks; those of Issuing also come from the
    /// CertificateRequest.
    public static final class Certificate {
        public static final String READY = "Ready";
        public static final String DOES_NOT_EXIST = "DoesNotExist";
        public static final String MISSING_DATA = "MissingData";
        public static final String INVALID_KEY_PAIR = "InvalidKeyPair";
        public static final String INVALID_CERTIFICATE = "InvalidCertificate";
        public static final String INCORRECT_ISSUER = "IncorrectIssuer";
        public static final String INCORRECT_CERTIFICATE = "IncorrectCertificate";
        public static final String SECRET_MISMATCH = "SecretMismatch";
        public static final String INVALID_CERTIFICATE_REQUEST = "InvalidCertificateRequest";
        public static final String REQUEST_CHANGED = "RequestChanged";
        public static final String RENEWING = "Renewing";
        public static final String EXPIRED = "Expired";

        private Certificate() {}
    }

    /// Why a target Secret is written again without a new issuance; never on a condition.
    public static final class Secret {
        public static final String SECRET_TEMPLATE_MISMATCH = "SecretTemplateMismatch";
        public static final String SECRET_MANAGED_METADATA_MISMATCH = "SecretManagedMetadataMismatch";
        public static final String SECRET_OWNER_REF_MISMATCH = "SecretOwnerRefMismatch";

        private Secret() {}
    }

    /// Of a CertificateRequest's Ready and Approved.
    public static final class Request {
        public static final String PENDING = "Pending";
        public static final String FAILED = "Failed";
        public static final String DENIED = "Denied";
        public static final String ISSUED = "Issued";

        /// Those of a request for which nothing more is done.
        public static final Set<String> ENDS = Set.of(ISSUED, FAILED, DENIED);

        /// Of Approved, by the built-in approver.
        public static final String APPROVED_BY_US = "cert-manager.io";

        private Request() {}
    }

    /// Of an Issuer's or ClusterIssuer's Ready.
    public static final class Issuer {
        public static final String ACCOUNT_REGISTERED = "ACMEAccountRegistered";
        public static final String ERR_REGISTER_ACCOUNT = "ErrRegisterACMEAccount";
        public static final String ERR_VERIFY_ACCOUNT = "ErrVerifyACMEAccount";
        public static final String ERR_UPDATE_ACCOUNT = "ErrUpdateACMEAccount";
        public static final String INVALID_CONFIG = "InvalidConfig";
        public static final String INVALID_URL = "InvalidURL";
        public static final String INVALID_SOLVER = "InvalidSolver";

        private Issuer() {}
    }
}
