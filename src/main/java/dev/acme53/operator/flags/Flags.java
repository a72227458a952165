package dev.acme53.operator.flags;

import static dev.acme53.operator.flags.Flag.served;

import java.util.List;
import java.util.stream.Stream;

/// Every flag, and here those of the process as a whole. Those that change something (behaviour.md §6.2) are kept by
/// what they are about, as their values are in [Settings]; those that are only accepted are [IdleFlags].
///
/// Names, fields and defaults are cert-manager's, but for a few of our own and some other defaults; docs/flags.md
/// names them below the table.
final class Flags {
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
    static final Flag<Integer> VERBOSITY = served(
            "v",
            "logging.verbosity",
            ValueType.whole(0),
            "2",
            "how much is logged: 0 errors, 1 warnings, 2 what happens, 3 the libraries too, 4 debugging, 5 all");
    static final Flag<String> LOGGING_FORMAT =
            served("logging-format", "logging.format", ValueType.oneOf("text", "json"), "text", "form of the log");

    /// All flags that the command takes, in the order of the documentation.
    static final List<Flag<?>> ALL = Stream.of(
                    List.of(CONFIG, KUBECONFIG, MASTER, NAMESPACE, CLUSTER_RESOURCE_NAMESPACE, CONTROLLERS),
                    LeaderElectionFlags.ALL,
                    ChallengeFlags.ALL,
                    CertificateFlags.ALL,
                    ListenerFlags.ALL,
                    List.of(VERBOSITY, LOGGING_FORMAT),
                    IdleFlags.ALL)
            .<Flag<?>>flatMap(List::stream)
            .toList();

    private Flags() {}
}
