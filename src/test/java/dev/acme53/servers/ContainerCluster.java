package dev.acme53.servers;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.MountableFile;

/// K3s in a container, whose Pods reach this machine by Docker's gateway.
final class ContainerCluster implements NodeCluster {
    private static final String HOST = "host.docker.internal";

    /// Those of the tests, and those of the guide's CA: the container may well have a way to it, and it is real.
    private static final String NAMES = "test:53 letsencrypt.org:53";

    private final K3sContainer container = new K3sContainer(ContainerKubernetes.IMAGE);
    private final Path folder = ServerProcess.folder("k3s");

    private ContainerCluster(int dns) {
        container.withExtraHost(HOST, "host-gateway").withLogConsumer(frame -> log(frame.getUtf8String()));
        try {
            container.start();
            ServerProcess.write(kubeconfig(), container.getKubeConfigYaml());
            applyDns(hostAddress() + ":" + dns);
        } catch (RuntimeException | Error e) {
            close();
            throw new IllegalStateException(e.getMessage() + "; the log is " + log(), e);
        }
    }

    /// Names of [#NAMES] are asked of this machine's port `dns`, by TCP.
    static ContainerCluster start(int dns) {
        return new ContainerCluster(dns);
    }

    private Path log() {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    private void log(String lines) {
        try {
            Files.writeString(log(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// K3s' CoreDNS takes servers from this ConfigMap when it starts.
    private void applyDns(String dns) {
        try (var client = client()) {
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace("kube-system")
                            .withName("coredns-custom")
                            .endMetadata()
                            .withData(Map.of(
                                    "tests.server",
                                    NAMES + " {\n  errors\n  forward . " + dns + " {\n    force_tcp\n  }\n}\n"))
                            .build())
                    .serverSideApply();
            var coredns = client.apps().deployments().inNamespace("kube-system").withName("coredns");
            coredns.waitUntilCondition(deployment -> deployment != null, 60, TimeUnit.SECONDS);
            coredns.rolling().restart();
            coredns.waitUntilCondition(ContainerCluster::isRolledOut, 180, TimeUnit.SECONDS);
        }
    }

    /// Ready Pods from before a restart do not count.
    private static boolean isRolledOut(@Nullable Deployment deployment) {
        if (deployment == null || deployment.getStatus() == null) {
            return false;
        }
        var status = deployment.getStatus();
        var wanted = deployment.getSpec().getReplicas();
        return deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
                && wanted.equals(status.getUpdatedReplicas())
                && wanted.equals(status.getReplicas())
                && wanted.equals(status.getAvailableReplicas());
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
    public String hostAddress() {
        return onNode(List.of("cat", "/etc/hosts"))
                .lines()
                .map(line -> line.split("\\s+"))
                .filter(words -> List.of(words).contains(HOST) && words[0].contains("."))
                .map(words -> words[0])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the node has no IPv4 address of " + HOST));
    }

    @Override
    public void load(Path archive) {
        container.copyFileToContainer(MountableFile.forHostPath(archive), "/tmp/image.tar");
        onNode(List.of("ctr", "--namespace=k8s.io", "images", "import", "/tmp/image.tar"));
    }

    @Override
    public String onNode(List<String> command) {
        try {
            var result = container.execInContainer(command.toArray(String[]::new));
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + ": " + result.getStdout() + result.getStderr());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the node ran " + command, e);
        }
    }

    @Override
    public void close() {
        container.close();
        ServerProcess.delete(folder);
    }
}
