package dev.acme53.operator.flags;

import static dev.acme53.operator.flags.Flag.served;

import java.util.List;
import java.util.Optional;

/// The flags of what the process listens on: metrics, health, the status page.
final class ListenerFlags {
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

    static final List<Flag<?>> ALL = List.of(
            METRICS_ADDRESS,
            METRICS_CERT_FILE,
            METRICS_KEY_FILE,
            METRICS_MIN_TLS,
            METRICS_CIPHERS,
            HEALTHZ_ADDRESS,
            STATUS_PAGE_ADDRESS);

    private ListenerFlags() {}
}
