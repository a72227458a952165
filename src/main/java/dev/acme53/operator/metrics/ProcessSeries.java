package dev.acme53.operator.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The `process_*` series that every Prometheus client shows. Memory is shown on Linux only.
final class ProcessSeries {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern SIZE = Pattern.compile("(?m)^Vm(RSS|Size):\\s+(\\d+) kB$");

    private ProcessSeries() {}

    static void write(Exposition out) throws IOException {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            out.counter("process_cpu_seconds_total", "CPU time used, in seconds.");
            out.sample((double) system.getProcessCpuTime() / 1e9);
            out.gauge("process_open_fds", "File descriptors open.");
            out.sample((double) system.getOpenFileDescriptorCount());
            out.gauge("process_max_fds", "File descriptors that may be open.");
            out.sample((double) system.getMaxFileDescriptorCount());
        }
        out.gauge("process_start_time_seconds", "Unix time of the process's start.");
        out.sample(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        if (Files.isReadable(STATUS)) {
            var sizes = SIZE.matcher(Files.readString(STATUS));
            while (sizes.find()) {
                var resident = sizes.group(1).equals("RSS");
                out.gauge(
                        resident ? "process_resident_memory_bytes" : "process_virtual_memory_bytes",
                        resident ? "Memory resident, in bytes." : "Address space, in bytes.");
                out.sample(Long.parseLong(sizes.group(2)) * 1024d);
            }
        }
    }
}
