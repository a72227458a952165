package dev.acme53.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The real `helm`, without the user's settings, repositories and plugins.
public final class Helm {
    private static final Path HOME =
            Path.of(System.getProperty("basedir", "")).resolve("target/helm").toAbsolutePath();

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path binary;
    private final Map<String, String> environment;

    private Helm(Major major, String kubeconfig) {
        binary = switch (major) {
            case THREE -> ServerBinaries.helm3();
            case FOUR -> ServerBinaries.helm();
        };
        environment = Map.of(
                "KUBECONFIG", kubeconfig,
                "HELM_CACHE_HOME", HOME.resolve("cache").toString(),
                "HELM_CONFIG_HOME", HOME.resolve("config").toString(),
                "HELM_DATA_HOME", HOME.resolve("data").toString());
    }

    /// The major versions that users have.
    public enum Major {
        THREE,
        FOUR
    }

    /// For commands that need no cluster.
    public static Helm alone(Major major) {
        return new Helm(major, "/nowhere");
    }

    /// As the cluster's administrator.
    public static Helm of(Major major, KubernetesApi cluster) {
        return new Helm(major, cluster.kubeconfig().toString());
    }

    /// Runs a command to its end.
    public Command.Outcome run(List<String> arguments) {
        return Command.run(
                LIMIT,
                environment,
                Stream.concat(Stream.of(binary.toString()), arguments.stream()).toList());
    }
}
