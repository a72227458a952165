package dev.acme53.bench;

import dev.acme53.servers.ControllerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/// The machine that everything runs on: what a figure can be compared with.
final class Machine {
    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");

    private static final int POWERS = 100;

    private Machine() {}

    /// One line about now: cores, memory, pace, what else was running.
    static String line() {
        return String.format(
                Locale.ROOT,
                "%s; %d cores, %.0f GB, a power of 2,048 bits in %.1f ms, load %s before the run; JDK %s, controller %s.",
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                Runtime.getRuntime().availableProcessors(),
                memory() / 1e9,
                pace(),
                load(),
                Runtime.version(),
                controller());
    }

    private static String controller() {
        if (!ControllerProcess.runsFromJar()) {
            return "from a class path";
        }
        return ControllerProcess.hasAotCache() ? "from its jar with an AOT cache" : "from its jar";
    }

    private static long memory() {
        var found = MEMORY.matcher(read("/proc/meminfo"));
        return found.find() ? 1024 * Long.parseLong(found.group(1)) : 0;
    }

    /// How many milliseconds of CPU time a modular power takes whose three numbers have 2,048 bits, the same ones in
    /// each run. Virtual machines change their pace, and seconds of CPU time with it.
    private static double pace() {
        var random = new Random(1);
        var base = new BigInteger(2048, random);
        var exponent = new BigInteger(2048, random).setBit(2047);
        var modulus = new BigInteger(2048, random).setBit(2047).setBit(0);
        var threads = ManagementFactory.getThreadMXBean();
        var begin = 0L;
        for (var n = -POWERS; n < POWERS; n++) {
            if (n == 0) { // compiled by now
                begin = threads.getCurrentThreadCpuTime();
            }
            base = base.modPow(exponent, modulus);
        }
        return (threads.getCurrentThreadCpuTime() - begin) / 1e6 / POWERS;
    }

    private static String load() {
        return read("/proc/loadavg").split(" ", 2)[0];
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
