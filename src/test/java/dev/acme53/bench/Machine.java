package dev.acme53.bench;

import dev.acme53.servers.ControllerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/// The machine that everything runs on: what a figure can be compared with.
final class Machine {
    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");

    private Machine() {}

    /// One line about now: cores, memory, what else was running.
    static String line() {
        return String.format(
                Locale.ROOT,
                "%s; %d cores, %.0f GB, load %s before the run; JDK %s, controller %s.",
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                Runtime.getRuntime().availableProcessors(),
                memory() / 1e9,
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
