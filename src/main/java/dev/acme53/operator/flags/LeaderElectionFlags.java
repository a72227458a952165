package dev.acme53.operator.flags;

import static dev.acme53.operator.flags.Flag.served;

import java.time.Duration;
import java.util.List;

/// The flags of leader election: which Lease, and how long it counts.
final class LeaderElectionFlags {
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
            ValueType.POSITIVE_DURATION,
            "15s",
            "how long the Lease of an instance that died is respected");
    static final Flag<Duration> RENEW_DEADLINE = served(
            "leader-election-renew-deadline",
            "leaderElectionConfig.renewDeadline",
            ValueType.POSITIVE_DURATION,
            "10s",
            "how long the holder tries to renew before it gives up");
    static final Flag<Duration> RETRY_PERIOD = served(
            "leader-election-retry-period",
            "leaderElectionConfig.retryPeriod",
            ValueType.POSITIVE_DURATION,
            "2s",
            "how often the Lease is renewed, or tried for");
    static final Flag<Duration> LEADER_HEALTH_TIMEOUT = served(
                    "internal-healthz-leader-election-timeout",
                    "leaderElectionConfig.healthzTimeout",
                    ValueType.POSITIVE_DURATION,
                    "20s",
                    "how long after the Lease ran out unrenewed `/livez` still says yes")
            .hide();

    static final List<Flag<?>> ALL = List.of(
            LEADER_ELECT,
            LEASE_NAME,
            LEASE_NAMESPACE,
            LEASE_DURATION,
            RENEW_DEADLINE,
            RETRY_PERIOD,
            LEADER_HEALTH_TIMEOUT);

    private LeaderElectionFlags() {}
}
