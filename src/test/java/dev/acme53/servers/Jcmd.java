package dev.acme53.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The JDK's `jcmd`: asks another JVM, or this one, about itself. Each question costs that one some milliseconds.
public final class Jcmd {
    private Jcmd() {}

    /// What the JVM of process `pid` answers.
    public static String ask(long pid, String... question) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(question));
        return Command.run(Duration.ofMinutes(1), Map.of(), command).success();
    }
}
