package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A running server: its process, its log below `target/servers/` and its working folder.
///
/// The server is the child of a small shell that waits for its standard input to end. That pipe ends when this JVM
/// does, even by SIGKILL, so no server outlives it.
final class ServerProcess implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "")).resolve("target/servers").toAbsolutePath();

    /// How long a server may take to end by itself before it is killed.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// `$@` runs without our pipe; `watch` stops it when the pipe ends, by SIGKILL when SIGTERM has not done it after
    /// `$1` tenths of a second; the shell's own end is the server's.
    private static final String GUARD = """
            exec 3<&0
            patience=$1; shift
            "$@" 3<&- </dev/null &
            server=$!
            {
              read -r _ <&3; kill "$server"
              while [ "$patience" -gt 0 ]; do sleep 0.1; patience=$((patience - 1)); done
              kill -9 "$server"
            } 2>/dev/null &
            watch=$!
            exec 3<&-
            wait "$server"; code=$?
            kill "$watch" 2>/dev/null; wait "$watch" 2>/dev/null
            exit "$code"
            """;

    private final String name;
    private final Path log;
    private final Process shell;

    private ServerProcess(String name, Path log, Process shell) {
        this.name = name;
        this.log = log;
        this.shell = shell;
    }

    /// A new empty folder for a server's own files.
    static Path folder(String name) {
        try {
            return Files.createDirectories(
                    FOLDER.resolve(name + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes such a folder after its server's end; the log beside it stays.
    static void delete(Path folder) {
        try {
            ServerCache.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a server's own file, readable by its owner only.
    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts `command` in `folder` with `environment` added to ours; its log is beside the folder.
    static ServerProcess start(String name, Path folder, List<String> command, Map<String, String> environment) {
        return start(name, folder, command, environment, PATIENCE);
    }

    /// The same for a server that is killed when it has not ended `patience` after being told to.
    static ServerProcess start(
            String name, Path folder, List<String> command, Map<String, String> environment, Duration patience) {
        var guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, name, Long.toString(patience.toMillis() / 100)));
        guarded.addAll(command);
        var log = folder.resolveSibling(folder.getFileName() + ".log");
        var builder = new ProcessBuilder(guarded)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            var server = new ServerProcess(name, log, builder.start());
            Running.add(server);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks `isReady` until it says yes; a server that ends before, or takes longer than `limit`, is an error that
    /// shows the end of its log.
    void awaitReady(Duration limit, Readiness isReady) {
        var end = System.nanoTime() + limit.toNanos();
        while (!isReady.test()) {
            try {
                if (shell.waitFor(25, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException(name + " ended with " + shell.exitValue() + tail());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                close();
                throw new IllegalStateException("interrupted while " + name + " started", e);
            }
            if (System.nanoTime() > end) {
                close();
                throw new IllegalStateException(name + " was not ready within " + limit + tail());
            }
        }
    }

    /// Waits for the server's own end; one that goes on longer than `limit` is an error that shows the end of its log.
    void awaitEnd(Duration limit) {
        try {
            if (!shell.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                close();
                throw new IllegalStateException(name + " did not end within " + limit + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ended", e);
        }
    }

    interface Readiness {
        boolean test();
    }

    Path log() {
        return log;
    }

    /// The exit code, once the server has ended.
    OptionalInt exitCode() {
        return shell.isAlive() ? OptionalInt.empty() : OptionalInt.of(shell.exitValue());
    }

    /// The processes behind this server, as numbers of the system.
    List<Long> processes() {
        return Stream.concat(Stream.of(shell.toHandle()), shell.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    private String tail() {
        try {
            var lines = Files.readAllLines(log);
            return "; the end of " + log + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "; no log: " + e;
        }
    }

    /// Stops the server and waits for its end; stopping twice is harmless.
    @Override
    public void close() {
        Running.remove(this);
        try {
            shell.getOutputStream().close();
        } catch (IOException _) {
            // the shell has ended already
        }
        shell.onExit().join(); // within its patience, whatever the server does
    }

    @Override
    public String toString() {
        return name;
    }
}
