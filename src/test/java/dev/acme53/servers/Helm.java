package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The real `helm`, without the user's settings, repositories and plugins.
public final class Helm {
    private static final Path HOME =
            Path.of(System.getProperty("basedir", "")).resolve("target/helm").toAbsolutePath();

    private final Map<String, String> environment;

    private Helm(String kubeconfig) {
        environment = Map.of(
                "KUBECONFIG", kubeconfig,
                "HELM_CACHE_HOME", HOME.resolve("cache").toString(),
                "HELM_CONFIG_HOME", HOME.resolve("config").toString(),
                "HELM_DATA_HOME", HOME.resolve("data").toString());
    }

    /// How a command ended.
    /// @param code 0: as it should
    /// @param output what it printed
    /// @param errors what it printed to standard error
    public record Outcome(int code, String output, String errors) {
        /// The output.
        /// @throws IllegalStateException with the errors when the command failed
        public String success() {
            if (code != 0) {
                throw new IllegalStateException(errors + output);
            }
            return output;
        }
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
    public Outcome run(List<String> arguments) {
        try {
            Files.createDirectories(HOME);
            var errors = Files.createTempFile(HOME, "stderr", ".txt");
            var builder = new ProcessBuilder(
                            Stream.concat(Stream.of(ServerBinaries.helm().toString()), arguments.stream())
                                    .toList())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            try {
                process.getOutputStream().close();
                var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Outcome(process.waitFor(), output, Files.readString(errors));
            } finally {
                process.destroy();
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while helm ran", e);
        }
    }
}
