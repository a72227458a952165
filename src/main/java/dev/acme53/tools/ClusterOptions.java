package dev.acme53.tools;

import io.fabric8.kubernetes.client.KubernetesClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which cluster a command looks at, and the controller's flags that say what its issuers may use.
final class ClusterOptions {
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

    @Mixin
    private final WhichCluster cluster = new WhichCluster();

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
        return cluster.open(outside);
    }
}
