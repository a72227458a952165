package dev.acme53.image;

import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Prints how long the image's program takes from its start to `/readyz`, with the ahead-of-time cache and without: the
/// median of five, on an API server without objects. It runs from `target/image`, which has what the image has.
public final class StartUp {
    private static final Path IMAGE =
            Path.of(System.getProperty("basedir", "")).resolve("target/image").toAbsolutePath();

    private StartUp() {}

    /// @param none nothing to say
    public static void main(String[] none) throws Exception {
        var classPath = new ClassPath(ImageFiles.jars());
        for (var options : List.of(List.of("-XX:AOTMode=off"), List.of("-XX:AOTMode=on", cache()))) {
            var command = ImageFiles.command(
                    IMAGE.resolve("runtime/opt/java"), classPath, IMAGE.resolve("training/app"), options);
            var times =
                    IntStream.range(0, 5).mapToObj(_ -> time(command)).sorted().toList();
            System.out.println(
                    String.join(" ", options) + ": ready after " + times.get(2).toMillis() + " ms");
        }
    }

    private static String cache() {
        return "-XX:AOTCache=" + IMAGE.resolve("cache/app/acme53.aot");
    }

    private static Duration time(List<String> command) {
        var start = ControllerProcess.with(TestServers.kubernetes())
                .command(command)
                .flags("--leader-elect=false", "--cluster-resource-namespace=default");
        var begin = System.nanoTime();
        try (var _ = start.ready()) {
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }
}
