package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The settings, certificates and identities of a [LocalCluster], in its folder.
final class NodeFiles {
    private final NodeLink link;
    private final Path folder;

    NodeFiles(NodeLink link, Path folder) {
        this.link = link;
        this.folder = folder;
    }

    void write(Path debian) {
        var ca = new PrivateCa("kubernetes");
        var accounts = PrivateCa.rsa();
        ServerProcess.write(folder.resolve("ca.crt"), ca.rootPem());
        leaf(
                "server",
                ca.server(List.of(
                        link.node(),
                        "127.0.0.1",
                        "10.96.0.1",
                        "localhost",
                        "kubernetes.default.svc",
                        "kubernetes.default.svc.cluster.local")));
        leaf("node", ca.server(List.of(link.node(), "node")));
        leaf("kubelet-client", ca.client("kube-apiserver", List.of("system:masters")));
        ServerProcess.write(folder.resolve("accounts.key"), PrivateCa.pem(accounts.getPrivate()));
        ServerProcess.write(folder.resolve("accounts.pub"), PrivateCa.pem(accounts.getPublic()));
        identity(ca, "admin", "admin", List.of("system:masters"));
        identity(ca, "controller-manager", "system:kube-controller-manager", List.of());
        identity(ca, "scheduler", "system:kube-scheduler", List.of());
        identity(ca, "proxy", "system:kube-proxy", List.of());
        identity(ca, "kubelet", "system:node:node", List.of("system:nodes"));
        for (var file : List.of("containerd.toml", "cni/pods.conflist", "kubelet.yaml", "proxy.yaml", "resolv.conf")) {
            setting(file, debian);
        }
        for (var data : List.of("var/lib", "var/log")) {
            directory(folder.resolve(data));
        }
    }

    private void leaf(String name, PrivateCa.Leaf leaf) {
        ServerProcess.write(folder.resolve(name + ".crt"), leaf.certificate());
        ServerProcess.write(folder.resolve(name + ".key"), leaf.key());
    }

    private void identity(PrivateCa ca, String file, String user, List<String> groups) {
        ServerProcess.write(
                folder.resolve(file + ".kubeconfig"),
                Kubeconfig.of(URI.create("https://" + link.node() + ":6443"), ca.rootPem(), ca.client(user, groups)));
    }

    private void setting(String file, Path debian) {
        var text = NodeBinaries.read(NodeBinaries.SCRIPTS.resolve("settings").resolve(file));
        directory(folder.resolve(file).getParent());
        ServerProcess.write(
                folder.resolve(file),
                text.replace("@FOLDER@", folder.toString())
                        .replace("@DEB@", debian.toString())
                        .replace("@HOST@", link.host()));
    }

    private static void directory(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
