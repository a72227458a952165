package dev.acme53.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.Command;
import dev.acme53.servers.NodeCluster;
import dev.acme53.servers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The commands of README and docs, run as they stand there: in a fresh clone, on a cluster that had nothing of ours.
/// A restore is for [RestoreIT]. Those that need AWS or a registry are not run, nor those that take minutes and more
/// (`long`).
class GuideClusterIT {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path FOLDER = PROJECT.resolve("target/guide");

    @Test
    void theCommandsOfThePagesRunInAFreshCloneAndOnACluster() {
        Command.run(PROJECT, Duration.ofMinutes(1), Map.of(), List.of("rm", "-rf", FOLDER.toString()))
                .success();
        try (var cluster = TestServers.newCluster(9)) {
            load(cluster);
            var said = Command.run(
                            PROJECT,
                            Duration.ofMinutes(20),
                            Map.of(
                                    "PATH",
                                    Guide.path(),
                                    "KUBECONFIG",
                                    cluster.kubeconfig().toString()),
                            List.of(
                                    "nice", // what runs beside it waits for something with a limit
                                    "bash",
                                    "src/test/docs/run.sh",
                                    "--compiled",
                                    "--cluster",
                                    FOLDER.resolve("clone").toString()))
                    .success();
            assertThat(said).contains(" blocks ran");
        }
    }

    /// Under the names by which the pages have it pulled: with the tag of the version, and that of the commit.
    private static void load(NodeCluster cluster) {
        cluster.load(PROJECT.resolve("target/acme53-image.tar"));
        var commit = Command.run(
                        PROJECT, Duration.ofMinutes(1), Map.of(), List.of("git", "describe", "--always", "--abbrev=12"))
                .success()
                .strip();
        for (var tag : List.of("0.1.0-SNAPSHOT", commit)) {
            cluster.onNode(List.of(
                    "ctr",
                    "--namespace=k8s.io",
                    "images",
                    "tag",
                    "docker.io/library/acme53:0.1.0-SNAPSHOT",
                    "registry.example.com/acme53:" + tag));
        }
    }
}
