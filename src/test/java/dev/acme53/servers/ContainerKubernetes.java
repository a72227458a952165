package dev.acme53.servers;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/// Kubernetes as K3s in a container, with one node.
final class ContainerKubernetes implements KubernetesApi {
    static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.37.2-k3s1");

    private static final String AUDIT_POLICY = "/etc/acme53-audit-policy.yaml";
    private static final String AUDIT_LOG = "/var/log/acme53-audit.log";

    private final K3sContainer container = new K3sContainer(IMAGE);
    private final Path folder = ServerProcess.folder("k3s");
    private final AuditLog audit = new AuditLog();

    private ContainerKubernetes() {
        container
                .withCopyToContainer(Transferable.of(AuditLog.POLICY), AUDIT_POLICY)
                .withCommand(
                        "server",
                        "--disable=traefik",
                        "--tls-san=" + container.getHost(),
                        "--kube-apiserver-arg=audit-policy-file=" + AUDIT_POLICY,
                        "--kube-apiserver-arg=audit-log-path=" + AUDIT_LOG,
                        "--kube-apiserver-arg=enable-admission-plugins=NodeRestriction,OwnerReferencesPermissionEnforcement")
                .start();
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
    public List<AuditLog.Request> audited() {
        return container.copyFileFromContainer(AUDIT_LOG, audit::read);
    }

    @Override
    public void close() {
        container.close();
        ServerProcess.delete(folder);
    }
}
