package dev.acme53.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What Linux says about a process at one moment.
///
/// @param cpuSeconds user and system, since its start
/// @param resident bytes
/// @param peakResident bytes, the most since its start
/// @param threads of the operating system
record ProcessFigures(double cpuSeconds, long resident, long peakResident, int threads) {
    /// The kernel's `USER_HZ`, which programs are told to be this.
    private static final double TICKS = 100;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    static ProcessFigures of(long pid) {
        try {
            return parse(
                    Files.readString(Path.of("/proc", Long.toString(pid), "stat")),
                    Files.readString(Path.of("/proc", Long.toString(pid), "status")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param stat text of `/proc/PID/stat`
    /// @param status text of `/proc/PID/status`
    static ProcessFigures parse(String stat, String status) {
        // the name, in parentheses, may hold spaces and parentheses itself
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new ProcessFigures(
                (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS,
                1024 * number(status, "VmRSS"),
                1024 * number(status, "VmHWM"),
                (int) number(status, "Threads"));
    }

    private static long number(String status, String name) {
        var found = Pattern.compile("(?m)^" + name + ":\\s+(\\d+)").matcher(status);
        if (!found.find()) {
            throw new IllegalArgumentException("no " + name + " in a process's status");
        }
        return Long.parseLong(found.group(1));
    }
}
