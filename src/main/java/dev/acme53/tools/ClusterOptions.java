package dev.acme53.tools;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which cluster a command looks at, and the controller's flags that say what its issuers may use.
public final class ClusterOptions {
    @Option(
            names = "--cluster-resource-namespace",
            paramLabel = "NS",
            description = "as the controller's flag (default kube-system)")
    private String clusterResourceNamespace = "kube-system";

    @Option(
            names = "--issuer-ambient-credentials",
            arity = "0..1",
            fallbackValue = "true",
            description = "as the controller's flag (default false)")
    private boolean issuersAreAmbient;

    @Option(
            names = "--cluster-issuer-ambient-credentials",
            arity = "0..1",
            fallbackValue = "true",
            description = "as the controller's flag (default true)")
    private boolean clusterIssuersAreAmbient = true;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "kubeconfig (default: KUBECONFIG, ~/.kube/config)")
    private String kubeconfig = "";

    @Option(names = "--context", description = "context of the kubeconfig")
    private String context = "";

    String clusterResourceNamespace() {
        return clusterResourceNamespace;
    }

    boolean issuersAreAmbient() {
        return issuersAreAmbient;
    }

    boolean clusterIssuersAreAmbient() {
        return clusterIssuersAreAmbient;
    }

    KubernetesClient cluster(Outside outside) {
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
