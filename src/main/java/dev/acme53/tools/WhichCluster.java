package dev.acme53.tools;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say which cluster a command looks at.
public final class WhichCluster {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "kubeconfig (default: KUBECONFIG, ~/.kube/config)")
    private String kubeconfig = "";

    @Option(names = "--context", description = "context of the kubeconfig")
    private String context = "";

    /// A client of that cluster; who asks closes it.
    public KubernetesClient open(Outside outside) {
        return outside.cluster(given(kubeconfig), given(context));
    }

    /// What to say when the API server does not give what was asked for.
    public static String unanswered(KubernetesClientException e) {
        return "the API server does not answer as it should: "
                + (e.getCode() == 0 ? "no connection" : "HTTP " + e.getCode());
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
