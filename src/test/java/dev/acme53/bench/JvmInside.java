package dev.acme53.bench;

import dev.acme53.servers.Jcmd;
import dev.acme53.servers.ThreadDump;
import java.util.List;
import java.util.regex.Pattern;

/// What a JVM says about itself when asked by `jcmd`. Each question costs it some milliseconds, so few are asked.
record JvmInside(long pid) {
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    /// Threads at one moment.
    ///
    /// @param platform those of the operating system that run Java
    /// @param virtual those that are under way or blocked, not those that have ended
    /// @param held of either kind, the stacks of those of Challenges that wait
    /// @param asking of either kind, those of Challenges that ask the CA or the API server just then
    record Threads(int platform, int virtual, List<String> held, int asking) {
        List<Figure> figures() {
            return List.of(
                    Targets.heldThreads(held.size()),
                    Figure.count("– threads that ask the CA or the API server at that moment", asking),
                    Figure.count("– platform threads at that moment", platform),
                    Figure.count("– virtual threads at that moment", virtual));
        }
    }

    /// All threads, virtual ones included.
    Threads threads() {
        return count(ThreadDump.of(pid));
    }

    static Threads count(ThreadDump dump) {
        var challenges = dump.threads().stream()
                .filter(thread -> thread.isIn("dev.acme53.challenge."))
                .toList();
        var held = challenges.stream()
                .filter(thread -> !isAsking(thread))
                .map(ThreadDump.Seen::stack)
                .toList();
        var virtual = dump.virtual();
        return new Threads(dump.threads().size() - virtual, virtual, held, challenges.size() - held.size());
    }

    private static boolean isAsking(ThreadDump.Seen thread) {
        return thread.isIn("dev.acme53.acme.") || thread.isIn("dsl.internal.OperationSupport.waitForResult");
    }

    /// Bytes of the heap in use, garbage included.
    long heap() {
        return usedHeap(Jcmd.ask(pid, "GC.heap_info"));
    }

    static long usedHeap(String heapInfo) {
        return USED.matcher(heapInfo)
                .results()
                .mapToLong(found -> 1024 * Long.parseLong(found.group(1)))
                .reduce(Long::sum)
                .orElseThrow(() -> new IllegalArgumentException("no sizes in " + heapInfo));
    }

    /// Bytes of the heap in use after a full collection.
    long liveHeap() {
        Jcmd.ask(pid, "GC.run");
        return heap();
    }
}
