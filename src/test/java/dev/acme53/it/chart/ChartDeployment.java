package dev.acme53.it.chart;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;

/// The Deployment that a release called `acme53` and `deploy/` make in the namespace of the guide.
final class ChartDeployment {
    private ChartDeployment() {}

    static Deployment of(KubernetesClient client) {
        return client.apps()
                .deployments()
                .inNamespace("cert-manager")
                .withName("acme53")
                .get();
    }

    static String image(KubernetesClient client) {
        return of(client)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }
}
