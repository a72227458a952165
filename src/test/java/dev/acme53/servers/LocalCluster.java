package dev.acme53.servers;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A cluster from its own binaries, in namespaces of their own: etcd, kube-apiserver, kube-controller-manager,
/// kube-scheduler, kubelet, kube-proxy, containerd, and CoreDNS as a Pod. Needs root on Linux.
///
/// Its network has one link, to this machine, and no way further. One runs at a time.
final class LocalCluster implements NodeCluster, LocalProcesses {
    private final NodeBinaries binaries = NodeBinaries.ready();
    private final Path folder = ServerProcess.folder("cluster");
    private final NodeFiles files = new NodeFiles(folder);
    private final ServerProcess process;

    private LocalCluster(String dns) {
        files.write(binaries.debian());
        process = ServerProcess.start(
                "cluster",
                folder,
                List.of(
                        NodeBinaries.SCRIPTS.resolve("start.sh").toString(),
                        folder.toString(),
                        folder.resolveSibling(folder.getFileName() + "-logs").toString(),
                        binaries.links(folder.resolve("bin")).toString(),
                        binaries.debian().toString()),
                Map.of(),
                Duration.ofSeconds(15));
        try {
            process.awaitReady(Duration.ofSeconds(120), this::hasContainerd);
            load(binaries.image("pause", GoServer.PAUSE, folder));
            load(binaries.image("coredns", GoServer.COREDNS, folder));
            process.awaitReady(Duration.ofSeconds(120), this::hasNode);
            applyDns(dns);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /// Names outside of the cluster are asked of `dns`, `host:port`, by TCP.
    static LocalCluster start(String dns) {
        return new LocalCluster(dns);
    }

    private boolean hasContainerd() {
        return Files.exists(folder.resolve("pid"))
                && init().isPresent()
                && run(List.of("ctr", "version")).code() == 0;
    }

    /// Process 1 of the node.
    private Optional<ProcessHandle> init() {
        var unshare = Long.parseLong(NodeBinaries.read(folder.resolve("pid")).strip());
        return ProcessHandle.of(unshare).flatMap(handle -> handle.children().findFirst());
    }

    private boolean hasNode() {
        try (var client = client()) {
            return client.nodes().list().getItems().stream()
                    .flatMap(node -> node.getStatus().getConditions().stream())
                    .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
        } catch (io.fabric8.kubernetes.client.KubernetesClientException _) {
            return false;
        }
    }

    private void applyDns(String dns) {
        var manifest =
                NodeBinaries.read(NodeBinaries.SCRIPTS.resolve("dns.yaml")).replace("@DNS@", dns);
        try (var client = client()) {
            client.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                    .items()
                    .forEach(item -> client.resource(item).serverSideApply());
            client.apps()
                    .deployments()
                    .inNamespace("kube-system")
                    .withName("coredns")
                    .waitUntilReady(60, TimeUnit.SECONDS);
        }
    }

    @Override
    public Config config() {
        return Config.fromKubeconfig(NodeBinaries.read(kubeconfig()));
    }

    @Override
    public Path kubeconfig() {
        return folder.resolve("admin.kubeconfig");
    }

    @Override
    public String hostAddress() {
        return NodeFiles.HOST;
    }

    @Override
    public void load(Path archive) {
        onNode(List.of("ctr", "--namespace=k8s.io", "images", "import", archive.toString()));
    }

    @Override
    public String onNode(List<String> command) {
        var outcome = run(command);
        if (outcome.code() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + outcome.output());
        }
        return outcome.output();
    }

    private record Outcome(int code, String output) {}

    private Outcome run(List<String> command) {
        try {
            var all = new ArrayList<>(List.of(
                    "nsenter",
                    "--target=" + init().orElseThrow().pid(),
                    "--mount",
                    "--net",
                    "--pid",
                    "env",
                    "PATH=" + binaries.debian() + "/usr/bin:/usr/bin:/bin"));
            all.addAll(command);
            var running = new ProcessBuilder(all).redirectErrorStream(true).start();
            running.getOutputStream().close();
            var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(running.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the node ran " + command, e);
        }
    }

    @Override
    public List<Long> processes() {
        return process.processes();
    }

    @Override
    public void close() {
        process.close();
        ServerProcess.delete(folder);
    }
}
