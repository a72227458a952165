package dev.acme53.operator.flags;

import static dev.acme53.operator.flags.Flag.idle;

import java.util.List;
import java.util.Map;

/// The flags of cert-manager's controller that mean nothing here, so that a command line or chart written for it
/// starts this program too. Their values are still checked; one that is given is named once in the log, with the
/// reason.
final class IdleFlags {
    private static final String HTTP01 = "HTTP01 challenges are not served";
    private static final String SHIM = "Ingress and Gateway annotations are not served yet";
    private static final String WORKERS = "the stages share eight threads, and none of them ever waits";
    private static final String FAIRNESS = "the API server's Priority and Fairness limits requests";
    private static final String DYNAMIC = "metrics with a serving certificate of their own CA are not served yet";
    private static final String PROFILING = "there is no profiler inside; SIGQUIT makes the process print its threads";
    private static final String WRITTEN = "log lines are written at once, to stderr";

    static final Flag<Double> QPS = idle("kube-api-qps", "kubernetesAPIQPS", ValueType.DECIMAL, "20", FAIRNESS);
    static final Flag<Integer> BURST =
            idle("kube-api-burst", "kubernetesAPIBurst", ValueType.whole(-1), "50", FAIRNESS);
    static final Flag<String> DYNAMIC_NAMESPACE = idle(
            "metrics-dynamic-serving-ca-secret-namespace",
            "metricsTLSConfig.dynamic.secretNamespace",
            ValueType.TEXT,
            "",
            DYNAMIC);
    static final Flag<String> DYNAMIC_NAME = idle(
            "metrics-dynamic-serving-ca-secret-name",
            "metricsTLSConfig.dynamic.secretName",
            ValueType.TEXT,
            "",
            DYNAMIC);
    static final Flag<List<String>> DYNAMIC_DNS_NAMES =
            idle("metrics-dynamic-serving-dns-names", "metricsTLSConfig.dynamic.dnsNames", ValueType.LIST, "", DYNAMIC);

    static final Flag<Map<String, Boolean>> FEATURE_GATES = idle(
            "feature-gates",
            "featureGates",
            ValueType.SWITCHES,
            "",
            "what the gates of cert-manager switch is fixed here, gate by gate as below");

    static final List<Flag<?>> ALL = List.of(
            FEATURE_GATES,
            QPS,
            BURST,
            idle("concurrent-workers", "numberOfConcurrentWorkers", ValueType.POSITIVE_NUMBER, "5", WORKERS),
            DYNAMIC_NAMESPACE,
            DYNAMIC_NAME,
            DYNAMIC_DNS_NAMES,
            idle(
                    "metrics-dynamic-serving-leaf-duration",
                    "metricsTLSConfig.dynamic.leafDuration",
                    ValueType.DURATION,
                    "168h",
                    DYNAMIC),
            idle("enable-profiling", "enablePprof", ValueType.SWITCH, "false", PROFILING),
            idle("profiler-address", "pprofAddress", ValueType.ADDRESS, "localhost:6060", PROFILING),
            http01("image", "Image", ValueType.TEXT, ""),
            http01("resource-request-cpu", "ResourceRequestCPU", ValueType.TEXT, "10m"),
            http01("resource-request-memory", "ResourceRequestMemory", ValueType.TEXT, "64Mi"),
            http01("resource-limits-cpu", "ResourceLimitsCPU", ValueType.TEXT, "100m"),
            http01("resource-limits-memory", "ResourceLimitsMemory", ValueType.TEXT, "64Mi"),
            http01("run-as-non-root", "RunAsNonRoot", ValueType.SWITCH, "true"),
            http01("runtime-class-name", "RuntimeClassName", ValueType.TEXT, ""),
            http01("extra-labels", "ExtraLabels", ValueType.MAP, ""),
            http01("nameservers", "Nameservers", ValueType.list("host:port,…", Nameserver::checkedHostPort), ""),
            shim(
                    "auto-certificate-annotations",
                    "defaultAutoCertificateAnnotations",
                    ValueType.LIST,
                    "kubernetes.io/tls-acme"),
            shim("extra-certificate-annotations", "extraCertificateAnnotations", ValueType.LIST, ""),
            shim("default-issuer-name", "defaultIssuerName", ValueType.TEXT, ""),
            shim("default-issuer-kind", "defaultIssuerKind", ValueType.TEXT, "Issuer"),
            shim("default-issuer-group", "defaultIssuerGroup", ValueType.TEXT, "cert-manager.io"),
            idle("enable-gateway-api", "gatewayAPI.enabled", ValueType.SWITCH, "false", SHIM),
            idle("enable-gateway-api-listenerset", "gatewayAPI.enableListenerSet", ValueType.SWITCH, "false", SHIM),
            idle("gateway-api-extra-protocols", "gatewayAPI.extraProtocols", ValueType.LIST, "", SHIM),
            idle("vmodule", "logging.vmodule", ValueType.MAP, "", "--v sets the level for all"),
            idle("log-flush-frequency", "logging.flushFrequency", ValueType.DURATION, "5s", WRITTEN),
            klog("add-dir-header", ValueType.SWITCH, "false"),
            klog("alsologtostderr", ValueType.SWITCH, "false"),
            klog("log-backtrace-at", ValueType.TEXT, ""),
            klog("log-dir", ValueType.TEXT, ""),
            klog("log-file", ValueType.TEXT, ""),
            klog("log-file-max-size", ValueType.whole(0), "1800"),
            klog("logtostderr", ValueType.SWITCH, "true"),
            klog("one-output", ValueType.SWITCH, "false"),
            klog("skip-headers", ValueType.SWITCH, "false"),
            klog("skip-log-headers", ValueType.SWITCH, "false"),
            klog("stderrthreshold", ValueType.TEXT, "2"));

    private IdleFlags() {}

    private static <T> Flag<T> http01(String name, String field, ValueType<T> type, String standard) {
        return idle("acme-http01-solver-" + name, "acmeHTTP01Config.solver" + field, type, standard, HTTP01);
    }

    private static <T> Flag<T> shim(String name, String field, ValueType<T> type, String standard) {
        return idle(name, "ingressShimConfig." + field, type, standard, SHIM);
    }

    private static <T> Flag<T> klog(String name, ValueType<T> type, String standard) {
        return idle(name, "", type, standard, WRITTEN).hide();
    }
}
