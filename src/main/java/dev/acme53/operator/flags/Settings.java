package dev.acme53.operator.flags;

import dev.acme53.x509.PemLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything that flags and configuration file say, read once at the start.
///
/// @param namespace the one namespace served; empty: all of them
/// @param clusterResourceNamespace where ClusterIssuers find their Secrets and service accounts
/// @param approvedSigners whose requests the approver approves; empty: all
/// @param statusPage empty: there is none
/// @param withoutEffect what was given and changes nothing, with the reason, for the log
public record Settings(
        ApiServer apiServer,
        Optional<String> namespace,
        String clusterResourceNamespace,
        LeaderElection leaderElection,
        EnabledControllers controllers,
        List<String> approvedSigners,
        Certificates certificates,
        Challenges challenges,
        PemLimits pemLimits,
        Metrics metrics,
        ListenAddress healthz,
        Optional<ListenAddress> statusPage,
        Logging logging,
        List<WithoutEffect> withoutEffect) {

    public Settings {
        approvedSigners = List.copyOf(approvedSigners);
        withoutEffect = List.copyOf(withoutEffect);
    }

    /// How to reach the API server.
    /// @param kubeconfig its file; empty: the Pod's service account
    /// @param master address that replaces the kubeconfig's; empty: none
    public record ApiServer(Optional<String> kubeconfig, Optional<String> master) {}

    /// Who acts when there are several instances.
    /// @param healthTimeout how long after the Lease ran out unrenewed the process still counts as alive
    public record LeaderElection(
            boolean enabled,
            String leaseName,
            String leaseNamespace,
            Duration leaseDuration,
            Duration renewDeadline,
            Duration retryPeriod,
            Duration healthTimeout) {}

    /// What the Certificate stage does by default.
    /// @param ownerReference whether the Certificate owns its Secret
    /// @param copiedAnnotationPrefixes prefixes, `*` for all, `-` in front excludes
    public record Certificates(
            boolean ownerReference,
            List<String> copiedAnnotationPrefixes,
            Duration minimumBackoff,
            Duration maximumBackoff) {}

    /// How Challenges are proven.
    /// @param nameservers `host:port` or `https://…`; empty: the system's
    /// @param requestsPerSecond to Route 53, of an AWS account
    /// @param headroom the share of these that is left to others
    /// @param cleanUpGrace how long clean-up is tried in a namespace that is being deleted
    public record Challenges(
            int atOnce,
            List<String> nameservers,
            boolean nameserversOnly,
            Duration checkRetryPeriod,
            boolean issuerAmbient,
            boolean clusterIssuerAmbient,
            double requestsPerSecond,
            double headroom,
            Duration cleanUpGrace) {}

    /// Where `/metrics` is served and, with `tls`, how.
    public record Metrics(ListenAddress address, Optional<Tls> tls) {}

    /// TLS from files.
    /// @param minimum `TLSv1.2` or `TLSv1.3`
    /// @param ciphers IANA names; empty: the JDK's choice
    public record Tls(String certificateFile, String keyFile, String minimum, List<String> ciphers) {}

    /// The log.
    /// @param verbosity 0 errors to 5 all
    public record Logging(int verbosity, boolean json) {}

    /// A flag or gate that was given and changes nothing.
    public record WithoutEffect(String flag, String reason) {}
}
