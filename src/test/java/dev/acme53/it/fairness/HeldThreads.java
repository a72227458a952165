package dev.acme53.it.fairness;

import dev.acme53.servers.ThreadDump;
import java.util.List;

/// The threads of another JVM, virtual ones included, that a Challenge's calls hold.
///
/// @param held those with the Challenge stage or one of its errands on their stacks, as text
/// @param virtual how many virtual threads there are, for whatever
record HeldThreads(List<String> held, int virtual) {
    private static final List<String> OURS = List.of("dev.acme53.challenge.", "dev.acme53.reconcile.Errands");

    static HeldThreads of(long pid) {
        var dump = ThreadDump.of(pid);
        var held = dump.threads().stream()
                .filter(thread -> OURS.stream().anyMatch(thread::isIn))
                .map(ThreadDump.Seen::stack)
                .toList();
        return new HeldThreads(held, dump.virtual());
    }
}
