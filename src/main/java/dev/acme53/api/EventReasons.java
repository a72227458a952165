package dev.acme53.api;

/// Reasons of events (api.md §8.5, behaviour.md §1 to §5).
public final class EventReasons {
    /// On an object whose solver we do not serve, and on its Certificate; ours alone.
    public static final String SOLVER_NOT_SERVED = "SolverNotServed";

    /// On an object whose issuer's type we do not serve, and on its Certificate; ours alone.
    public static final String ISSUER_NOT_SERVED = "IssuerNotServed";

    private EventReasons() {}

    /// On a Certificate.
    public static final class Certificate {
        public static final String ISSUING = "Issuing";
        public static final String GENERATED = "Generated";
        public static final String REUSED = "Reused";
        public static final String REQUESTED = "Requested";
        public static final String DELETED = "Deleted";
        public static final String REQUEST_FAILED = "RequestFailed";
        public static final String DECODE_FAILED = "DecodeFailed";
        public static final String CANNOT_REGENERATE_KEY = "CannotRegenerateKey";

        private Certificate() {}
    }

    /// On a CertificateRequest.
    public static final class Request {
        public static final String WAITING_FOR_APPROVAL = "WaitingForApproval";
        public static final String APPROVED_BY_US = "cert-manager.io";
        public static final String ISSUER_NOT_FOUND = "IssuerNotFound";
        public static final String ISSUER_TYPE_MISSING = "IssuerTypeMissing";
        public static final String ISSUER_NOT_READY = "IssuerNotReady";
        public static final String ORDER_CREATED = "OrderCreated";
        public static final String ORDER_PENDING = "OrderPending";
        public static final String ORDER_CREATING_ERROR = "OrderCreatingError";
        public static final String ORDER_GET_ERROR = "OrderGetError";
        public static final String CERTIFICATE_ISSUED = "CertificateIssued";
        public static final String REQUEST_PARSING_ERROR = "RequestParsingError";
        public static final String INVALID_ORDER = "InvalidOrder";
        public static final String ORDER_BUILDING_ERROR = "OrderBuildingError";
        public static final String ORDER_FAILED = "OrderFailed";

        private Request() {}
    }

    /// On an Issuer or ClusterIssuer.
    public static final class Issuer {
        public static final String ERR_INIT_ISSUER = "ErrInitIssuer";
        public static final String INVALID_URL = "InvalidURL";
        public static final String ERR_REGISTER_ACCOUNT = "ErrRegisterACMEAccount";
        public static final String ERR_UPDATE_ACCOUNT = "ErrUpdateACMEAccount";

        /// A field that is accepted and changes nothing; ours alone.
        public static final String IGNORED_FIELD = "IgnoredField";

        private Issuer() {}
    }

    /// On an Order.
    public static final class Order {
        public static final String CREATED = "Created";
        public static final String COMPLETE = "Complete";
        public static final String SOLVER = "Solver";

        private Order() {}
    }

    /// On a Challenge.
    public static final class Challenge {
        public static final String STARTED = "Started";
        public static final String PRESENTED = "Presented";
        public static final String DOMAIN_VERIFIED = "DomainVerified";
        public static final String PRESENT_ERROR = "PresentError";
        public static final String CLEAN_UP_ERROR = "CleanUpError";
        public static final String FAILED = "Failed";

        /// Clean-up was given up; also on the Namespace, when it is being deleted. Ours alone.
        public static final String RECORD_LEFT_BEHIND = "RecordLeftBehind";

        private Challenge() {}
    }
}
