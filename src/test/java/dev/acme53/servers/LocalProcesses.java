package dev.acme53.servers;

import java.util.List;

/// A server that is processes of this machine, not a container.
interface LocalProcesses {
    /// The numbers of all its processes.
    List<Long> processes();

    /// Those of `server`; none for a container.
    static List<Long> of(AutoCloseable server) {
        return server instanceof LocalProcesses local ? local.processes() : List.of();
    }
}
