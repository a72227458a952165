package dev.acme53.servers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The real `promtool`.
public final class Promtool {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private Promtool() {}

    /// Runs a command to its end; what it printed, also when it failed.
    public static String run(String... arguments) {
        var command = new ArrayList<>(List.of(ServerBinaries.promtool().toString()));
        command.addAll(List.of(arguments));
        var outcome = Command.run(LIMIT, Map.of(), command);
        return outcome.output() + outcome.errors();
    }
}
