package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The real `kubectl`, as a cluster's administrator.
public record Kubectl(KubernetesApi cluster) {
    /// Runs a command to its end; what it printed.
    ///
    /// @throws IllegalStateException with what it printed when it failed
    public String run(String... arguments) {
        var command =
                new ArrayList<>(List.of(ServerBinaries.kubectl().toString(), "--kubeconfig=" + cluster.kubeconfig()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try {
                process.getOutputStream().close();
                var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(String.join(" ", arguments) + ": " + output);
                }
                return output;
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }
}
