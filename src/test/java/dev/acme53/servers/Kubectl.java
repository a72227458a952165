package dev.acme53.servers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The real `kubectl`, as a cluster's administrator.
public record Kubectl(KubernetesApi cluster) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /// Runs a command to its end; what it printed.
    ///
    /// @throws IllegalStateException with what it printed when it failed
    public String run(String... arguments) {
        var command =
                new ArrayList<>(List.of(ServerBinaries.kubectl().toString(), "--kubeconfig=" + cluster.kubeconfig()));
        command.addAll(List.of(arguments));
        return Command.run(LIMIT, Map.of(), command).success();
    }
}
