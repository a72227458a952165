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

    private final Map<String, String> environment;

    private Helm(String kubeconfig) {
        environment = Map.of(
                "KUBECONFIG", kubeconfig,
                "HELM_CACHE_HOME", HOME.resolve("cache").toString(),
                "HELM_CONFIG_HOME", HOME.resolve("config").toString(),
                "HELM_DATA_HOME", HOME.resolve("data").toString());
    }

    /// For commands that need no cluster.
    public static Helm alone() {
        return new Helm("/nowhere");
    }

    /// As the cluster's administrator.
    public static Helm of(KubernetesApi cluster) {
        return new Helm(cluster.kubeconfig().toString());
    }

    /// Runs a command to its end.
    public Command.Outcome run(List<String> arguments) {
        return Command.run(
                LIMIT,
                environment,
                Stream.concat(Stream.of(ServerBinaries.helm().toString()), arguments.stream())
                        .toList());
    }
}
