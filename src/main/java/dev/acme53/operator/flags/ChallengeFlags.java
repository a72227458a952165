package dev.acme53.operator.flags;

import static dev.acme53.operator.flags.Flag.served;

import java.time.Duration;
import java.util.List;

/// The flags of how names are proven: whose AWS credentials, which resolvers, how much at once, what Route 53 may be
/// asked.
final class ChallengeFlags {
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
            ValueType.POSITIVE_DURATION,
            "10s",
            "the longest wait between two DNS self-checks of one Challenge");
    static final Flag<Integer> MAX_CONCURRENT_CHALLENGES = served(
            "max-concurrent-challenges",
            "maxConcurrentChallenges",
            ValueType.POSITIVE_NUMBER,
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
            ValueType.DURATION_FROM_ZERO,
            "1h",
            "how long a deleted Challenge whose record cannot be removed is kept, in a namespace that is being deleted;"
                    + " elsewhere 24h, or this if it is longer");

    static final List<Flag<?>> ALL = List.of(
            ISSUER_AMBIENT_CREDENTIALS,
            CLUSTER_ISSUER_AMBIENT_CREDENTIALS,
            NAMESERVERS,
            NAMESERVERS_ONLY,
            CHECK_RETRY_PERIOD,
            MAX_CONCURRENT_CHALLENGES,
            ROUTE53_RATE,
            ROUTE53_HEADROOM,
            CLEAN_UP_GRACE);

    private ChallengeFlags() {}
}
