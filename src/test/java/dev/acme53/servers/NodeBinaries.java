package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a node is made of: Kubernetes' binaries and CoreDNS from their Go modules, containerd and its like from
/// Debian's packages, which are unpacked into the cache and not installed.
final class NodeBinaries {
    static final Path SCRIPTS = Path.of(System.getProperty("basedir", ""))
            .resolve("src/test/servers/cluster")
            .toAbsolutePath();

    private static final List<GoServer> ON_PATH = List.of(
            GoServer.ETCD,
            GoServer.KUBE_APISERVER,
            GoServer.KUBE_CONTROLLER_MANAGER,
            GoServer.KUBE_SCHEDULER,
            GoServer.KUBELET,
            GoServer.KUBE_PROXY,
            GoServer.KUBECTL);

    private final Path debian;

    private NodeBinaries(Path debian) {
        this.debian = debian;
    }

    /// Builds and unpacks what is missing.
    ///
    /// @throws MissingPrerequisite where no node can run
    static NodeBinaries ready() {
        if (!Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward"))) {
            throw refused("root on Linux");
        }
        if (!Files.isDirectory(Path.of("/sys/fs/cgroup/memory"))) {
            throw refused("cgroups of version 1");
        }
        for (var tool : List.of("unshare", "nsenter", "ip", "apt-get", "dpkg-deb")) {
            if (Tools.onPath(tool).isEmpty()) {
                throw refused("a Debian with `" + tool + "`");
            }
        }
        ON_PATH.forEach(ServerBinaries::pathOf);
        ServerBinaries.pathOf(GoServer.COREDNS);
        ServerBinaries.pathOf(GoServer.PAUSE);
        return new NodeBinaries(ServerBinaries.unpacked(SCRIPTS.resolve("debian-packages")));
    }

    private static MissingPrerequisite refused(String what) {
        return new MissingPrerequisite("A cluster with a node needs " + what + ", or a Docker engine");
    }

    /// The folder where Debian's packages are unpacked.
    Path debian() {
        return debian;
    }

    /// `folder` with a link to each of Kubernetes' binaries.
    Path links(Path folder) {
        try {
            Files.createDirectories(folder);
            for (var server : ON_PATH) {
                Files.createSymbolicLink(folder.resolve(server.binary), ServerBinaries.pathOf(server));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An archive in `folder` of the image `acme53-tests/NAME:1`, with one program.
    Path image(String name, GoServer program, Path folder) {
        var archive = folder.resolve(name + ".tar");
        try {
            Tools.run(
                    folder,
                    new ArrayList<>(List.of(
                            SCRIPTS.resolve("program-image.sh").toString(),
                            "acme53-tests/" + name + ":1",
                            ServerBinaries.pathOf(program).toString(),
                            archive.toString())));
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an image was packed", e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
