package dev.acme53.operator.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.x509.PemLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Every flag with its default, as behaviour.md §6.2 has them.
class DefaultsTest {
    private static final Map<String, String> DEFAULTS = new TreeMap<>(Map.ofEntries(
            Map.entry("config", ""),
            Map.entry("kubeconfig", ""),
            Map.entry("master", ""),
            Map.entry("namespace", ""),
            Map.entry("cluster-resource-namespace", "kube-system"),
            Map.entry("controllers", "*"),
            Map.entry("feature-gates", ""),
            Map.entry("leader-elect", "true"),
            Map.entry("leader-election-lease-name", "cert-manager-controller"),
            Map.entry("leader-election-namespace", "kube-system"),
            Map.entry("leader-election-lease-duration", "15s"),
            Map.entry("leader-election-renew-deadline", "10s"),
            Map.entry("leader-election-retry-period", "2s"),
            Map.entry("internal-healthz-leader-election-timeout", "20s"),
            Map.entry("internal-healthz-listen-address", "0.0.0.0:9403"),
            Map.entry("status-page-address", "127.0.0.1:9404"),
            Map.entry("issuer-ambient-credentials", "false"),
            Map.entry("cluster-issuer-ambient-credentials", "true"),
            Map.entry("dns01-recursive-nameservers", ""),
            Map.entry("dns01-recursive-nameservers-only", "false"),
            Map.entry("dns01-check-retry-period", "10s"),
            Map.entry("max-concurrent-challenges", "5000"),
            Map.entry("route53-max-requests-per-second", "10"),
            Map.entry("route53-headroom", "0.4"),
            Map.entry("cleanup-grace", "1h"),
            Map.entry("approve-signer-names", ""),
            Map.entry("concurrent-workers", "5"),
            Map.entry("enable-certificate-owner-ref", "false"),
            Map.entry("copied-annotation-prefixes", "*,-kubectl.kubernetes.io/,-fluxcd.io/,-argocd.argoproj.io/"),
            Map.entry("certificate-request-minimum-backoff-duration", "1h"),
            Map.entry("certificate-request-maximum-backoff-duration", "32h"),
            Map.entry("max-certificate-size", "36500"),
            Map.entry("max-private-key-size", "13000"),
            Map.entry("max-certificate-chain-length", "95000"),
            Map.entry("max-certificate-bundle-size", "330000"),
            Map.entry("metrics-listen-address", "0.0.0.0:9402"),
            Map.entry("metrics-tls-cert-file", ""),
            Map.entry("metrics-tls-private-key-file", ""),
            Map.entry("metrics-tls-min-version", ""),
            Map.entry("metrics-tls-cipher-suites", ""),
            Map.entry("metrics-dynamic-serving-ca-secret-namespace", ""),
            Map.entry("metrics-dynamic-serving-ca-secret-name", ""),
            Map.entry("metrics-dynamic-serving-dns-names", ""),
            Map.entry("metrics-dynamic-serving-leaf-duration", "168h"),
            Map.entry("kube-api-qps", "20"),
            Map.entry("kube-api-burst", "50"),
            Map.entry("enable-profiling", "false"),
            Map.entry("profiler-address", "localhost:6060"),
            Map.entry("acme-http01-solver-image", ""),
            Map.entry("acme-http01-solver-resource-request-cpu", "10m"),
            Map.entry("acme-http01-solver-resource-request-memory", "64Mi"),
            Map.entry("acme-http01-solver-resource-limits-cpu", "100m"),
            Map.entry("acme-http01-solver-resource-limits-memory", "64Mi"),
            Map.entry("acme-http01-solver-run-as-non-root", "true"),
            Map.entry("acme-http01-solver-runtime-class-name", ""),
            Map.entry("acme-http01-solver-extra-labels", ""),
            Map.entry("acme-http01-solver-nameservers", ""),
            Map.entry("auto-certificate-annotations", "kubernetes.io/tls-acme"),
            Map.entry("extra-certificate-annotations", ""),
            Map.entry("default-issuer-name", ""),
            Map.entry("default-issuer-kind", "Issuer"),
            Map.entry("default-issuer-group", "cert-manager.io"),
            Map.entry("enable-gateway-api", "false"),
            Map.entry("enable-gateway-api-listenerset", "false"),
            Map.entry("gateway-api-extra-protocols", ""),
            // cert-manager's binary has 0, its chart 2
            Map.entry("v", "2"),
            Map.entry("vmodule", ""),
            Map.entry("logging-format", "text"),
            Map.entry("log-flush-frequency", "5s"),
            Map.entry("add-dir-header", "false"),
            Map.entry("alsologtostderr", "false"),
            Map.entry("log-backtrace-at", ""),
            Map.entry("log-dir", ""),
            Map.entry("log-file", ""),
            Map.entry("log-file-max-size", "1800"),
            Map.entry("logtostderr", "true"),
            Map.entry("one-output", "false"),
            Map.entry("skip-headers", "false"),
            Map.entry("skip-log-headers", "false"),
            Map.entry("stderrthreshold", "2")));

    @Test
    void everyFlagHasTheDefaultOfTheSpecification() {
        var actual = new TreeMap<String, String>();
        Flags.ALL.forEach(flag -> actual.put(flag.name(), flag.standard()));
        assertThat(actual).isEqualTo(DEFAULTS);
        assertThat(Flags.ALL).hasSize(DEFAULTS.size());
    }

    @Test
    void noFlagGivesTheDefaultSettings() {
        var settings = Typed.settings();
        assertThat(settings)
                .isEqualTo(new Settings(
                        new Settings.ApiServer(Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        "kube-system",
                        new Settings.LeaderElection(
                                true,
                                "cert-manager-controller",
                                "kube-system",
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(20)),
                        new EnabledControllers(Set.of(Stage.values()), List.of()),
                        List.of(),
                        new Settings.Certificates(
                                false,
                                List.of("*", "-kubectl.kubernetes.io/", "-fluxcd.io/", "-argocd.argoproj.io/"),
                                Duration.ofHours(1),
                                Duration.ofHours(32)),
                        new Settings.Challenges(
                                5000,
                                List.of(),
                                false,
                                Duration.ofSeconds(10),
                                false,
                                true,
                                10,
                                0.4,
                                Duration.ofHours(1)),
                        new PemLimits(36500, 13000, 95000, 330000),
                        new Settings.Metrics(new ListenAddress("0.0.0.0", 9402), Optional.empty()),
                        new ListenAddress("0.0.0.0", 9403),
                        Optional.of(new ListenAddress("127.0.0.1", 9404)),
                        new Settings.Logging(2, false),
                        List.of()));
    }
}
