package dev.acme53.operator.flags;

import dev.acme53.api.GoDuration;
import dev.acme53.operator.flags.Settings.WithoutEffect;
import dev.acme53.x509.PemLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// From the values of the flags to [Settings], with the rules that take more than one flag.
final class SettingsReader {
    private final FlagValues values;

    private SettingsReader(FlagValues values) {
        this.values = values;
    }

    /// @throws BadFlag for the first flag that cannot be used
    static Settings read(FlagValues values) {
        values.checkAll();
        return new SettingsReader(values).settings();
    }

    private Settings settings() {
        var namespace = text(Flags.NAMESPACE);
        var all = parsed(Flags.CONTROLLERS, () -> EnabledControllers.parse(values.get(Flags.CONTROLLERS)));
        var controllers = namespace.isPresent() ? all.withinOneNamespace() : all;
        var gates = parsed(IdleFlags.FEATURE_GATES, () -> FeatureGates.named(values.get(IdleFlags.FEATURE_GATES)));
        checkRequests();
        return new Settings(
                new Settings.ApiServer(text(Flags.KUBECONFIG), text(Flags.MASTER)),
                namespace,
                required(Flags.CLUSTER_RESOURCE_NAMESPACE),
                leaderElection(),
                controllers,
                values.get(CertificateFlags.APPROVED_SIGNERS),
                certificates(),
                challenges(),
                pemLimits(),
                new Settings.Metrics(values.get(ListenerFlags.METRICS_ADDRESS), tls()),
                values.get(ListenerFlags.HEALTHZ_ADDRESS),
                values.get(ListenerFlags.STATUS_PAGE_ADDRESS),
                new Settings.Logging(
                        values.get(Flags.VERBOSITY),
                        values.get(Flags.LOGGING_FORMAT).equals("json")),
                withoutEffect(controllers, gates));
    }

    private Settings.LeaderElection leaderElection() {
        var lease = values.get(LeaderElectionFlags.LEASE_DURATION);
        var renew = values.get(LeaderElectionFlags.RENEW_DEADLINE);
        var retry = values.get(LeaderElectionFlags.RETRY_PERIOD);
        var enabled = values.get(LeaderElectionFlags.LEADER_ELECT);
        if (enabled) {
            if (lease.toSeconds() < 1) {
                throw values.refused(LeaderElectionFlags.LEASE_DURATION, "must be at least 1s");
            }
            if (renew.compareTo(lease) >= 0) {
                throw values.refused(
                        LeaderElectionFlags.RENEW_DEADLINE, "must be shorter than --leader-election-lease-duration");
            }
            if (retry.multipliedBy(6).dividedBy(5).compareTo(renew) >= 0) {
                throw values.refused(
                        LeaderElectionFlags.RETRY_PERIOD,
                        "1.2 times it must be shorter than --leader-election-renew-deadline");
            }
        }
        return new Settings.LeaderElection(
                enabled,
                required(LeaderElectionFlags.LEASE_NAME),
                required(LeaderElectionFlags.LEASE_NAMESPACE),
                lease,
                renew,
                retry,
                values.get(LeaderElectionFlags.LEADER_HEALTH_TIMEOUT));
    }

    private Settings.Certificates certificates() {
        var minimum = values.get(CertificateFlags.MINIMUM_BACKOFF);
        var maximum = values.get(CertificateFlags.MAXIMUM_BACKOFF);
        var most = maximum.isZero()
                ? GoDuration.parse(CertificateFlags.MAXIMUM_BACKOFF.standard()).orElseThrow()
                : maximum;
        if (most.compareTo(minimum) < 0) {
            throw values.refused(
                    CertificateFlags.MAXIMUM_BACKOFF,
                    "must not be shorter than --certificate-request-minimum-backoff-duration");
        }
        return new Settings.Certificates(
                values.get(CertificateFlags.CERTIFICATE_OWNER_REF),
                values.get(CertificateFlags.COPIED_ANNOTATION_PREFIXES),
                minimum,
                most);
    }

    private Settings.Challenges challenges() {
        return new Settings.Challenges(
                values.get(ChallengeFlags.MAX_CONCURRENT_CHALLENGES),
                values.get(ChallengeFlags.NAMESERVERS),
                values.get(ChallengeFlags.NAMESERVERS_ONLY),
                values.get(ChallengeFlags.CHECK_RETRY_PERIOD),
                values.get(ChallengeFlags.ISSUER_AMBIENT_CREDENTIALS),
                values.get(ChallengeFlags.CLUSTER_ISSUER_AMBIENT_CREDENTIALS),
                values.get(ChallengeFlags.ROUTE53_RATE),
                values.get(ChallengeFlags.ROUTE53_HEADROOM),
                values.get(ChallengeFlags.CLEAN_UP_GRACE));
    }

    private PemLimits pemLimits() {
        var bundle = values.get(CertificateFlags.MAX_BUNDLE_SIZE);
        for (var flag : List.of(CertificateFlags.MAX_CERTIFICATE_SIZE, CertificateFlags.MAX_CHAIN_LENGTH)) {
            if (values.get(flag) > bundle) {
                throw values.refused(flag, "must not be larger than --max-certificate-bundle-size");
            }
        }
        return new PemLimits(
                values.get(CertificateFlags.MAX_CERTIFICATE_SIZE),
                values.get(CertificateFlags.MAX_PRIVATE_KEY_SIZE),
                values.get(CertificateFlags.MAX_CHAIN_LENGTH),
                bundle);
    }

    private Optional<Settings.Tls> tls() {
        var certificate = text(ListenerFlags.METRICS_CERT_FILE);
        var key = text(ListenerFlags.METRICS_KEY_FILE);
        var dynamic = text(IdleFlags.DYNAMIC_NAMESPACE).isPresent()
                || text(IdleFlags.DYNAMIC_NAME).isPresent()
                || !values.get(IdleFlags.DYNAMIC_DNS_NAMES).isEmpty();
        if (certificate.isEmpty() && key.isEmpty()) {
            return Optional.empty();
        }
        if (key.isEmpty()) {
            throw values.refused(ListenerFlags.METRICS_CERT_FILE, "needs --metrics-tls-private-key-file");
        }
        if (certificate.isEmpty()) {
            throw values.refused(ListenerFlags.METRICS_KEY_FILE, "needs --metrics-tls-cert-file");
        }
        if (dynamic) {
            throw values.refused(
                    ListenerFlags.METRICS_CERT_FILE, "cannot be combined with --metrics-dynamic-serving-…");
        }
        var minimum = values.get(ListenerFlags.METRICS_MIN_TLS).equals("VersionTLS13") ? "TLSv1.3" : "TLSv1.2";
        return Optional.of(
                new Settings.Tls(certificate.get(), key.get(), minimum, values.get(ListenerFlags.METRICS_CIPHERS)));
    }

    private void checkRequests() {
        var qps = values.get(IdleFlags.QPS);
        if (qps < -1) {
            throw values.refused(IdleFlags.QPS, "must be at least -1");
        }
        if (values.get(IdleFlags.BURST) < qps) {
            throw values.refused(IdleFlags.BURST, "must not be lower than --kube-api-qps");
        }
    }

    private List<WithoutEffect> withoutEffect(EnabledControllers controllers, Set<String> gates) {
        var all = new ArrayList<WithoutEffect>();
        for (var flag : IdleFlags.ALL) {
            if (values.isGiven(flag) && !flag.equals(IdleFlags.FEATURE_GATES)) {
                all.add(new WithoutEffect(flag.dashed(), flag.noEffect()));
            }
        }
        for (var name : controllers.notServed()) {
            all.add(new WithoutEffect(Flags.CONTROLLERS.dashed() + "=" + name, "this program has no such controller"));
        }
        for (var gate : new TreeSet<>(gates)) {
            all.add(new WithoutEffect(IdleFlags.FEATURE_GATES.dashed() + "=" + gate, "the gate changes nothing here"));
        }
        return all;
    }

    private <T> T parsed(Flag<?> flag, Supplier<T> parse) {
        try {
            return parse.get();
        } catch (ValueType.Refused e) {
            throw new BadFlag(values.place(flag), e.text(), String.valueOf(e.getMessage()));
        }
    }

    private String required(Flag<String> flag) {
        return text(flag).orElseThrow(() -> values.refused(flag, "must not be empty"));
    }

    private Optional<String> text(Flag<String> flag) {
        return Optional.of(values.get(flag)).filter(text -> !text.isEmpty());
    }
}
