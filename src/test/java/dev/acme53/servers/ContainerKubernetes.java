package dev.acme53.servers;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/// Kubernetes as K3s in a container, with one node.
final class ContainerKubernetes implements KubernetesApi {
    static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.37.2-k3s1");

    private final K3sContainer container = new K3sContainer(IMAGE);
    private final Path folder = ServerProcess.folder("k3s");

    private ContainerKubernetes() {
        container.start();
        ServerProcess.write(kubeconfig(), container.getKubeConfigYaml());
    }

    static ContainerKubernetes start() {
        return new ContainerKubernetes();
    }

    @Override
    public Config config() {
        return Config.fromKubeconfig(container.getKubeConfigYaml());
    }

    @Override
    public Path kubeconfig() {
        return folder.resolve("admin.kubeconfig");
    }

    @Override
    public void close() {
        container.close();
        ServerProcess.delete(folder);
    }
}
