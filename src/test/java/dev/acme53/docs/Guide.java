package dev.acme53.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.docs.Pages.Block;
import dev.acme53.servers.Command;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.ServerBinaries;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A reader of the guide who sits in a checkout, with `kubectl` and `helm` on the path and a cluster to use them on.
final class Guide {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path checkout;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Block> left;

    /// @param checkout a folder with the repository
    /// @param home the reader's home, which gets a `.kube/config`
    Guide(KubernetesApi cluster, Path checkout, Path home) throws IOException {
        this.checkout = checkout;
        left = new ArrayList<>(Pages.blocks()
                .filter(block -> block.mark().equals("needs=cluster"))
                .toList());
        var config = Files.createDirectories(home.resolve(".kube")).resolve("config");
        Files.copy(cluster.kubeconfig(), config);
        var path = List.of(
                ServerBinaries.kubectl().getParent(),
                ServerBinaries.helm().getParent(),
                Path.of(System.getProperty("java.home"), "bin"));
        environment.put("HOME", home.toString());
        environment.put("KUBECONFIG", config.toString());
        environment.put(
                "PATH",
                path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                        + File.pathSeparator
                        + System.getenv("PATH"));
    }

    /// The blocks that nobody has run yet.
    List<Block> left() {
        return List.copyOf(left);
    }

    /// Runs lines that are in no page; what they printed.
    String shell(String lines) {
        return bash(lines).success();
    }

    /// Runs the first block of `page` that is left and begins with `start`; what it printed.
    String run(String page, String start) {
        return outcome(page, start).success();
    }

    /// The same, however it ends.
    Command.Outcome outcome(String page, String start) {
        return bash(next(page, start).text());
    }

    /// The same with a block that goes on for ever, until `enough`.
    void runUntil(String page, String start, Callable<Boolean> enough) {
        var block = next(page, start);
        var log = checkout.resolve("block.log");
        try {
            var process = builder(block.text())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                await().atMost(Duration.ofSeconds(120))
                        .pollInterval(Duration.ofMillis(100))
                        .untilAsserted(() -> assertThat(enough.call())
                                .as(Files.readString(log))
                                .isTrue());
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the block that goes on for ever has printed.
    String printed() {
        return Pages.text(checkout.resolve("block.log"));
    }

    private Block next(String page, String start) {
        var found = left.stream()
                .filter(block -> Pages.BASE.relativize(block.page()).toString().equals(page)
                        && block.text().strip().startsWith(start))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(page + " has no block left that begins with " + start));
        left.remove(found);
        return found;
    }

    private Command.Outcome bash(String lines) {
        return Command.run(checkout, LIMIT, environment, List.of("bash", "-euxo", "pipefail", "-c", lines));
    }

    private ProcessBuilder builder(String lines) {
        var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", lines)
                .directory(checkout.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        return builder;
    }
}
