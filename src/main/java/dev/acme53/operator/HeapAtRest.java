package dev.acme53.operator;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the JVM collect its heap when a burst of work is over (ADR 26): a burst fills it with what nobody needs
/// afterwards, and a JVM that does nothing collects nothing.
final class HeapAtRest {
    private static final Logger LOG = LoggerFactory.getLogger(HeapAtRest.class);
    private static final Duration LOOK = Duration.ofSeconds(5);

    /// Less CPU time than this from one look to the next is rest: renewing the Lease and answering probes take less.
    private static final Duration REST = LOOK.dividedBy(20);

    /// Rest has to last for so many looks.
    private static final int LOOKS = 2;

    private Duration seen = Duration.ZERO;
    private int restful;
    private long kept;

    /// What the process has taken.
    ///
    /// @param cpu time of all threads since the start
    /// @param heap bytes that the heap has of the system, in use or not
    record Usage(Duration cpu, long heap) {
        static Usage now() {
            var cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
            return new Usage(cpu, Runtime.getRuntime().totalMemory());
        }
    }

    /// Looks from now on until the process ends.
    void watch() {
        Thread.ofVirtual().name("heap-at-rest").start(() -> {
            try {
                while (true) {
                    Thread.sleep(LOOK);
                    look(Usage::now, System::gc);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Collects if work is over and the heap has grown by a tenth since it was collected last.
    void look(Supplier<Usage> usage, Runnable collect) {
        var now = usage.get();
        restful = now.cpu().minus(seen).compareTo(REST) < 0 ? restful + 1 : 0;
        seen = now.cpu();
        if (restful >= LOOKS && now.heap() > kept + kept / 10) {
            collect.run();
            var after = usage.get();
            seen = after.cpu();
            kept = after.heap();
            LOG.atDebug()
                    .addKeyValue("bytes_before", now.heap())
                    .addKeyValue("bytes", kept)
                    .log("heap collected at rest");
        }
    }
}
