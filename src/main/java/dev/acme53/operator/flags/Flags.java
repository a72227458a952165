package dev.acme53.operator.flags;

import static dev.acme53.operator.flags.Flag.served;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every flag that changes something (behaviour.md §6.2), in the order of the documentation. Those that are
/// only accepted are [IdleFlags].
///
/// Names, fields and defaults are cert-manager's, but for a few of our own and some other defaults; docs/flags.md
/// names them below the table.
final class Flags {
    private static final ValueType<Duration> POSITIVE = ValueType.durationAbove(Duration.ZERO);
    private static final ValueType<Duration> NOT_NEGATIVE = ValueType.durationAbove(Duration.ofNanos(-1));
    private static final ValueType<Integer> POSITIVE_NUMBER = ValueType.whole(1);

    static final Flag<String> CONFIG = served(
            "config",
            "",
            ValueType.TEXT,
            "",
            "file with a `ControllerConfiguration` (controller.config.cert-manager.io/v1alpha1); flags win over it");
    static final Flag<String> KUBECONFIG = served(
            "kubeconfig",
            "kubeConfig",
            ValueType.TEXT,
            "",
            "kubeconfig file; without it the Pod's service account is used");
    static final Flag<String> MASTER =
            served("master", "apiServerHost", ValueType.TEXT, "", "address of the API server, before the kubeconfig's");
    static final Flag<String> NAMESPACE = served(
            "namespace",
            "namespace",
            ValueType.TEXT,
            "",
            "serve this namespace only; ClusterIssuers are then not served. Empty: all namespaces");
    static final Flag<String> CLUSTER_RESOURCE_NAMESPACE = served(
            "cluster-resource-namespace",
            "clusterResourceNamespace",
            ValueType.TEXT,
            "kube-system",
            "where ClusterIssuers find their Secrets and service accounts");
    static final Flag<List<String>> CONTROLLERS = served(
            "controllers",
            "controllers",
            ValueType.LIST,
            "*",
            "which controllers run: `*` for the default ones, `name`, `-name`");

    static final Flag<Boolean> LEADER_ELECT = served(
            "leader-elect",
            "leaderElectionConfig.enabled",
            ValueType.SWITCH,
            "true",
            "act only while holding the Lease, so that one instance acts at a time");
    static final Flag<String> LEASE_NAME = served(
            "leader-election-lease-name",
            "",
            ValueType.TEXT,
            "cert-manager-controller",
            "name of the Lease; cert-manager's own by default, so that the two can never both act");
    static final Flag<String> LEASE_NAMESPACE = served(
            "leader-election-namespace",
            "leaderElectionConfig.namespace",
            ValueType.TEXT,
            "kube-system",
            "namespace of the Lease");
    static final Flag<Duration> LEASE_DURATION = served(
            "leader-election-lease-duration",
            "leaderElectionConfig.leaseDuration",
            POSITIVE,
            "15s",
            "how long the Lease of an instance that died is respected");
    static final Flag<Duration> RENEW_DEADLINE = served(
            "leader-election-renew-deadline",
            "leaderElectionConfig.renewDeadline",
            POSITIVE,
            "10s",
            "how long the holder tries to renew before it gives up");
    static final Flag<Duration> RETRY_PERIOD = served(
            "leader-election-retry-period",
            "leaderElectionConfig.retryPeriod",
            POSITIVE,
            "2s",
            "how often the Lease is renewed, or tried for");
    static final Flag<Duration> LEADER_HEALTH_TIMEOUT = served(
                    "internal-healthz-leader-election-timeout",
                    "leaderElectionConfig.healthzTimeout",
                    POSITIVE,
                    "20s",
                    "how long after the Lease ran out unrenewed `/livez` still says yes")
            .hide();

    static final Flag<Boolean> ISSUER_AMBIENT_CREDENTIALS = served(
            "issuer-ambient-credentials",
            "issuerAmbientCredentials",
            ValueType.SWITCH,
            "false",
            "Issuers may use the AWS credentials of the environment");
    static final Flag<Boolean> CLUSTER_ISSUER_AMBIENT_CREDENTIALS = served(
            "cluster-issuer-ambient-credentials",
            "clusterIssuerAmbientCredentials",
            ValueType.SWITCH,
            "true",
            "ClusterIssuers may use the AWS credentials of the environment");
    static final Flag<List<String>> NAMESERVERS = served(
            "dns01-recursive-nameservers",
            "acmeDNS01Config.recursiveNameservers",
            ValueType.list("host:port|https://…,…", Nameserver::checked),
            "",
            "resolvers for the DNS self-check, `host:port` or DNS over HTTPS; empty: the system's");
    static final Flag<Boolean> NAMESERVERS_ONLY = served(
            "dns01-recursive-nameservers-only",
            "acmeDNS01Config.recursiveNameserversOnly",
            ValueType.SWITCH,
            "false",
            "ask only those resolvers, never a zone's own name servers");
    static final Flag<Duration> CHECK_RETRY_PERIOD = served(
            "dns01-check-retry-period",
            "acmeDNS01Config.checkRetryPeriod",
            POSITIVE,
            "10s",
            "the longest wait between two DNS self-checks of one Challenge");
    static final Flag<Integer> MAX_CONCURRENT_CHALLENGES = served(
            "max-concurrent-challenges",
            "maxConcurrentChallenges",
            POSITIVE_NUMBER,
            "5000",
            "how many Challenges may be in progress at once");
    static final Flag<Double> ROUTE53_RATE = served(
            "route53-max-requests-per-second",
            "route53.maxRequestsPerSecond",
            ValueType.decimal(0.1, 1000),
            "10",
            "Route 53 requests that an AWS account grants in a second, to all its users together");
    static final Flag<Double> ROUTE53_HEADROOM = served(
            "route53-headroom",
            "route53.headroom",
            ValueType.decimal(0, 0.95),
            "0.4",
            "share of these requests that is left to others, 0 to 0.95");
    static final Flag<Duration> CLEAN_UP_GRACE = served(
            "cleanup-grace",
            "cleanupGrace",
            NOT_NEGATIVE,
            "1h",
            "how long a deleted Challenge whose record cannot be removed is kept, in a namespace that is being deleted;"
                    + " elsewhere 24h, or this if it is longer");

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
            NOT_NEGATIVE,
            "1h",
            "wait after the first failed issuance of a Certificate; 0: none after any");
    static final Flag<Duration> MAXIMUM_BACKOFF = served(
            "certificate-request-maximum-backoff-duration",
            "certificateRequestMaximumBackoffDuration",
            NOT_NEGATIVE,
            "32h",
            "the longest wait after repeated failures, which double it");
    static final Flag<Integer> MAX_CERTIFICATE_SIZE = served(
            "max-certificate-size",
            "pemSizeLimitsConfig.maxCertificateSize",
            POSITIVE_NUMBER,
            "36500",
            "longest PEM of one certificate, bytes");
    static final Flag<Integer> MAX_PRIVATE_KEY_SIZE = served(
            "max-private-key-size",
            "pemSizeLimitsConfig.maxPrivateKeySize",
            POSITIVE_NUMBER,
            "13000",
            "longest PEM of a private key, bytes");
    static final Flag<Integer> MAX_CHAIN_LENGTH = served(
            "max-certificate-chain-length",
            "pemSizeLimitsConfig.maxChainLength",
            POSITIVE_NUMBER,
            "95000",
            "longest PEM of a chain, bytes");
    static final Flag<Integer> MAX_BUNDLE_SIZE = served(
            "max-certificate-bundle-size",
            "pemSizeLimitsConfig.maxBundleSize",
            POSITIVE_NUMBER,
            "330000",
            "longest PEM of a bundle, bytes");

    static final Flag<ListenAddress> METRICS_ADDRESS = served(
            "metrics-listen-address",
            "metricsListenAddress",
            ValueType.ADDRESS,
            "0.0.0.0:9402",
            "where `/metrics` is served");
    static final Flag<String> METRICS_CERT_FILE = served(
            "metrics-tls-cert-file",
            "metricsTLSConfig.filesystem.certFile",
            ValueType.TEXT,
            "",
            "certificate chain (PEM) for `/metrics` over TLS; read again when it changes");
    static final Flag<String> METRICS_KEY_FILE = served(
            "metrics-tls-private-key-file",
            "metricsTLSConfig.filesystem.keyFile",
            ValueType.TEXT,
            "",
            "its private key (PEM)");
    static final Flag<String> METRICS_MIN_TLS = served(
            "metrics-tls-min-version",
            "metricsTLSConfig.minTLSVersion",
            ValueType.oneOf("", "VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13"),
            "",
            "oldest TLS version taken; empty: 1.2, and the JDK offers nothing older");
    static final Flag<List<String>> METRICS_CIPHERS = served(
            "metrics-tls-cipher-suites",
            "metricsTLSConfig.cipherSuites",
            ValueType.LIST,
            "",
            "cipher suites taken, by their IANA names; empty: the JDK's");
    static final Flag<ListenAddress> HEALTHZ_ADDRESS = served(
                    "internal-healthz-listen-address",
                    "healthzListenAddress",
                    ValueType.ADDRESS,
                    "0.0.0.0:9403",
                    "where `/livez` and `/readyz` are served")
            .hide();

    static final Flag<Optional<ListenAddress>> STATUS_PAGE_ADDRESS = served(
            "status-page-address",
            "statusPageAddress",
            ValueType.ADDRESS_IF_ANY,
            "127.0.0.1:9404",
            "where the status page is served, which shows the objects of all namespaces; empty: nowhere");

    static final Flag<Integer> VERBOSITY = served(
            "v",
            "logging.verbosity",
            ValueType.whole(0),
            "2",
            "how much is logged: 0 errors, 1 warnings, 2 what happens, 3 the libraries too, 4 debugging, 5 all");
    static final Flag<String> LOGGING_FORMAT =
            served("logging-format", "logging.format", ValueType.oneOf("text", "json"), "text", "form of the log");

    private static final List<Flag<?>> SERVED = List.of(
            CONFIG,
            KUBECONFIG,
            MASTER,
            NAMESPACE,
            CLUSTER_RESOURCE_NAMESPACE,
            CONTROLLERS,
            LEADER_ELECT,
            LEASE_NAME,
            LEASE_NAMESPACE,
            LEASE_DURATION,
            RENEW_DEADLINE,
            RETRY_PERIOD,
            LEADER_HEALTH_TIMEOUT,
            ISSUER_AMBIENT_CREDENTIALS,
            CLUSTER_ISSUER_AMBIENT_CREDENTIALS,
            NAMESERVERS,
            NAMESERVERS_ONLY,
            CHECK_RETRY_PERIOD,
            MAX_CONCURRENT_CHALLENGES,
            ROUTE53_RATE,
            ROUTE53_HEADROOM,
            CLEAN_UP_GRACE,
            APPROVED_SIGNERS,
            CERTIFICATE_OWNER_REF,
            COPIED_ANNOTATION_PREFIXES,
            MINIMUM_BACKOFF,
            MAXIMUM_BACKOFF,
            MAX_CERTIFICATE_SIZE,
            MAX_PRIVATE_KEY_SIZE,
            MAX_CHAIN_LENGTH,
            MAX_BUNDLE_SIZE,
            METRICS_ADDRESS,
            METRICS_CERT_FILE,
            METRICS_KEY_FILE,
            METRICS_MIN_TLS,
            METRICS_CIPHERS,
            HEALTHZ_ADDRESS,
            STATUS_PAGE_ADDRESS,
            VERBOSITY,
            LOGGING_FORMAT);

    /// All flags that the command takes.
    static final List<Flag<?>> ALL =
            Stream.concat(SERVED.stream(), IdleFlags.ALL.stream()).toList();

    private Flags() {}
}
