package dev.acme53.docs;

import dev.acme53.docs.Pages.Block;
import dev.acme53.servers.Command;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.ServerBinaries;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A reader of the guide who sits in a checkout, with `kubectl` and `helm` on the path and a cluster to use them on.
final class Guide {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path checkout;
    private final Map<String, String> environment = new HashMap<>();

    /// @param checkout a folder with the repository
    /// @param home the reader's home, which gets a `.kube/config`
    Guide(KubernetesApi cluster, Path checkout, Path home) throws IOException {
        this.checkout = checkout;
        var config = Files.createDirectories(home.resolve(".kube")).resolve("config");
        Files.copy(cluster.kubeconfig(), config);
        environment.put("HOME", home.toString());
        environment.put("KUBECONFIG", config.toString());
        environment.put("PATH", path());
    }

    /// What the tests run with before what the system has: `kubectl`, `helm` and the JDK.
    static String path() {
        return Stream.of(
                        ServerBinaries.kubectl().getParent(),
                        ServerBinaries.helm().getParent(),
                        Path.of(System.getProperty("java.home"), "bin"),
                        System.getenv("PATH"))
                .map(Object::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// Runs the first block of `page` that needs a cluster and begins with `start`; what it printed.
    String run(String page, String start) {
        var lines = block(page, start).text();
        return Command.run(checkout, LIMIT, environment, List.of("bash", "-euxo", "pipefail", "-c", lines))
                .success();
    }

    private static Block block(String page, String start) {
        return Pages.blocks()
                .filter(block -> block.mark().equals("needs=cluster")
                        && Pages.BASE.relativize(block.page()).toString().equals(page)
                        && block.text().strip().startsWith(start))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(page + " has no block that begins with " + start));
    }
}
