package dev.acme53.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/// Whether servers come from container images or from binaries of our own: as `ACME53_TEST_SERVERS` (or the system
/// property `acme53.test.servers`) says, `local` or `containers`; by default containers where an engine answers.
final class Containers {
    private static @Nullable Boolean serve;

    private Containers() {}

    /// Decided once: asking an engine takes time.
    static synchronized boolean serve() {
        if (serve == null) {
            serve = decide();
        }
        return serve;
    }

    private static boolean decide() {
        var choice = Optional.ofNullable(System.getProperty("acme53.test.servers"))
                .or(() -> Optional.ofNullable(System.getenv("ACME53_TEST_SERVERS")))
                .filter(c -> !c.isBlank());
        return choice.isPresent() ? isContainers(choice.get()) : hasEngine();
    }

    static boolean isContainers(String choice) {
        return switch (choice) {
            case "containers" -> true;
            case "local" -> false;
            default ->
                throw new MissingPrerequisite("ACME53_TEST_SERVERS is `local` or `containers`, not `" + choice + "`");
        };
    }

    /// The library is asked only where an engine may be: it reports a missing one at length.
    private static boolean hasEngine() {
        var home = Path.of(System.getProperty("user.home"));
        return (System.getenv("DOCKER_HOST") != null
                        || Stream.of(
                                        Path.of("/var/run/docker.sock"),
                                        home.resolve(".docker/run/docker.sock"),
                                        home.resolve(".docker/desktop/docker.sock"),
                                        home.resolve(".testcontainers.properties"),
                                        Path.of(
                                                Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
                                                        .orElse("/run/user"),
                                                "docker.sock"))
                                .anyMatch(Files::exists))
                && DockerClientFactory.instance().isDockerAvailable();
    }
}
