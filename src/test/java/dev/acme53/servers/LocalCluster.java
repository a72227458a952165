package dev.acme53.servers;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A cluster from its own binaries, in namespaces of their own: etcd, kube-apiserver, kube-controller-manager,
/// kube-scheduler, kubelet, kube-proxy, containerd, and CoreDNS as a Pod. Needs root on Linux.
///
/// Its network has one link, to this machine, and no way further. A JVM has one at a time.
final class LocalCluster implements NodeCluster, LocalProcesses {
    private final NodeBinaries binaries = NodeBinaries.ready();
    private final Path folder = ServerProcess.folder("cluster");
    private final NodeLink link = NodeLink.own();
    private final NodeFiles files = new NodeFiles(link, folder);
    private final ServerProcess process;

    private LocalCluster(int dns) {
        files.write(binaries.debian());
        process = ServerProcess.start(
                "cluster",
                folder,
                List.of(
                        NodeBinaries.SCRIPTS.resolve("start.sh").toString(),
                        folder.toString(),
                        logFolder().toString(),
                        binaries.links(folder.resolve("bin")).toString(),
                        binaries.debian().toString()),
                Map.of("LINK", link.name(), "HOST_ADDRESS", link.host(), "NODE_ADDRESS", link.node()),
                Duration.ofSeconds(15));
        try {
            process.awaitReady(Duration.ofSeconds(120), this::hasContainerd);
            load(binaries.image("pause", GoServer.PAUSE, folder));
            load(binaries.image("coredns", GoServer.COREDNS, folder));
            process.awaitReady(Duration.ofSeconds(120), this::hasNode);
            applyDns(link.host() + ":" + dns);
        } catch (RuntimeException | Error e) {
            var logs = logs();
            close();
            throw new IllegalStateException(e.getMessage() + logs, e);
        }
    }

    /// The end of the log of each of the node's servers.
    private String logs() {
        try (var logs = Files.list(logFolder())) {
            return logs.filter(Files::isRegularFile)
                    .sorted()
                    .map(log -> "\n--- the end of " + log + "\n" + end(NodeBinaries.read(log)))
                    .collect(Collectors.joining());
        } catch (IOException e) {
            return "\nno logs: " + e;
        }
    }

    private static String end(String log) {
        var lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private Path logFolder() {
        return folder.resolveSibling(folder.getFileName() + "-logs");
    }

    /// Names outside of the cluster are asked of this machine's port `dns`, by TCP.
    static LocalCluster start(int dns) {
        return new LocalCluster(dns);
    }

    private boolean hasContainerd() {
        return Files.exists(folder.resolve("pid"))
                && init().filter(init -> run(init, List.of("ctr", "version")).code() == 0)
                        .isPresent();
    }

    /// Process 1 of the node.
    private Optional<ProcessHandle> init() {
        var unshare = Long.parseLong(NodeBinaries.read(folder.resolve("pid")).strip());
        return ProcessHandle.of(unshare).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> child.info()
                        .commandLine()
                        .filter(line -> line.endsWith("/init.sh"))
                        .isPresent())
                .findFirst();
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
        return link.host();
    }

    @Override
    public void load(Path archive) {
        onNode(List.of("ctr", "--namespace=k8s.io", "images", "import", archive.toString()));
    }

    @Override
    public String onNode(List<String> command) {
        return run(init().orElseThrow(), command).success();
    }

    private Command.Outcome run(ProcessHandle init, List<String> command) {
        var all = new ArrayList<>(List.of(
                "nsenter",
                "--target=" + init.pid(),
                "--mount",
                "--net",
                "--pid",
                "env",
                "PATH=" + binaries.debian() + "/usr/bin:/usr/bin:/bin"));
        all.addAll(command);
        return Command.run(Duration.ofMinutes(2), Map.of(), all);
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
