package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that is run to its end; one that has not ended in time is killed with all that it started.
public final class Command {
    private Command() {}

    /// How a program ended.
    /// @param code 0: as it should
    /// @param output what it printed
    /// @param errors what it printed to standard error
    public record Outcome(int code, String output, String errors) {
        /// The output.
        /// @throws IllegalStateException with all that was printed when the program failed
        public String success() {
            if (code != 0) {
                throw new IllegalStateException(errors + output);
            }
            return output;
        }
    }

    /// Runs `command` in the JVM's folder with `environment` added to ours and nothing to read.
    ///
    /// @throws IllegalStateException with what was printed until then when it takes longer than `limit`
    static Outcome run(Duration limit, Map<String, String> environment, List<String> command) {
        return run(Path.of(""), limit, environment, command);
    }

    /// The same in `folder`.
    public static Outcome run(Path folder, Duration limit, Map<String, String> environment, List<String> command) {
        try {
            // files: a pipe would stay open as long as anything that the program has started
            var output = Files.createTempFile("acme53-command", ".out");
            var errors = Files.createTempFile("acme53-command", ".err");
            try {
                var builder = new ProcessBuilder(command)
                        .directory(folder.toAbsolutePath().toFile())
                        .redirectInput(new java.io.File("/dev/null"))
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                var ended = ends(builder.start(), limit);
                if (ended < 0) {
                    throw new IllegalStateException(String.join(" ", command) + " did not end within " + limit + ":\n"
                            + Files.readString(errors) + Files.readString(output));
                }
                return new Outcome(ended, Files.readString(output), Files.readString(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The exit code, or -1 when it was killed here.
    private static int ends(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a command ran", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
