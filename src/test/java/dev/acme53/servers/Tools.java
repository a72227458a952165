package dev.acme53.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The two tool chains that build the servers, found where people have them.
final class Tools {
    private Tools() {}

    static Path go(String what) {
        return onPath("go")
                .or(() -> Optional.of(Path.of("/usr/local/go/bin/go")).filter(Files::isExecutable))
                .orElseThrow(() -> new MissingPrerequisite("Go 1.26 or later is needed to build " + what
                        + ": install it as go.dev/doc/install says and put `go` on the PATH"));
    }

    /// An interpreter that really runs: a version switcher may have a `python3.13` on the path that does not.
    static Path python() {
        return Stream.concat(onPath("python3.13").stream(), pyenv())
                .filter(Tools::isPython313)
                .findFirst()
                .orElseThrow(
                        () -> new MissingPrerequisite(
                                "Python 3.13 (with venv) is needed to run LocalStack: install it by the system's package manager or by `pyenv install 3.13`, or start Docker, which replaces it"));
    }

    private static Stream<Path> pyenv() {
        var root = System.getenv("PYENV_ROOT");
        var versions =
                (root == null ? Path.of(System.getProperty("user.home"), ".pyenv") : Path.of(root)).resolve("versions");
        try (var folders = Files.list(versions)) {
            return folders
                    .filter(folder -> folder.getFileName().toString().startsWith("3.13"))
                    .sorted(Comparator.reverseOrder())
                    .map(folder -> folder.resolve("bin/python3.13"))
                    .toList()
                    .stream();
        } catch (IOException _) {
            return Stream.empty();
        }
    }

    private static boolean isPython313(Path candidate) {
        try {
            var process = new ProcessBuilder(
                            candidate.toString(),
                            "-c",
                            "import sys, venv, ssl; sys.exit(sys.version_info[:2] != (3, 13))")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Optional<Path> onPath(String command) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Runs a build command to its end; its output is shown only when it fails or has not ended within half an hour.
    static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        var output = Files.createTempFile("acme53-build", ".log");
        var builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CGO_ENABLED", "0"); // runs wherever the kernel does, in an image on nothing too
        builder.environment().put("GOWORK", "off"); // no workspace of the user's may change the pinned versions
        var process = builder.start();
        try {
            var ended = process.waitFor(30, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + (ended ? " failed" : " did not end within 30 minutes")
                        + ":\n" + Files.readString(output));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            Files.delete(output);
        }
    }
}
