package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerProcessIT {
    /// What a test JVM that is stopped half-way does: starts a server and never closes it.
    static final class NeverCloses {
        public static void main(String[] none) throws Exception {
            var server =
                    ServerProcess.start("endless", ServerProcess.folder("endless"), List.of("sleep", "600"), Map.of());
            server.awaitReady(Duration.ofSeconds(20), () -> server.processes().size() > 2);
            System.out.println(String.join(
                    " ", server.processes().stream().map(String::valueOf).toList()));
            Thread.sleep(Duration.ofMinutes(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIGTERM", "SIGKILL"})
    void aServerEndsWithTheJvmThatStartedIt(String signal) throws Exception {
        var jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dbasedir=" + System.getProperty("basedir", ""),
                        NeverCloses.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(jvm.getInputStream()))) {
            var line = output.readLine();
            while (line != null && !line.matches("[0-9 ]+")) {
                line = output.readLine();
            }
            assertThat(line).isNotNull();
            var processes = Arrays.stream(line.split(" ")).map(Long::valueOf).toList();
            assertThat(processes).hasSizeGreaterThanOrEqualTo(2).allMatch(ServerProcessIT::isThere);
            if (signal.equals("SIGTERM")) {
                jvm.destroy();
            } else {
                jvm.destroyForcibly();
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(processes).noneMatch(ServerProcessIT::isThere));
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void aServerThatDoesNotHearIsKilled() {
        var server = ServerProcess.start(
                "deaf",
                ServerProcess.folder("deaf"),
                List.of("sh", "-c", "trap '' TERM; echo deaf; while true; do sleep 0.2; done"),
                Map.of(),
                Duration.ofMillis(300));
        server.awaitReady(Duration.ofSeconds(20), () -> logOf(server).contains("deaf"));
        server.close();
        assertThat(server.exitCode()).hasValue(137);
    }

    private static String logOf(ServerProcess server) {
        try {
            return Files.readString(server.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isThere(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }

    @Test
    void aServerThatEndsAtOnceIsAnErrorThatShowsItsLog() {
        var server = ServerProcess.start(
                "broken", ServerProcess.folder("broken"), List.of("sh", "-c", "echo no such flag; exit 3"), Map.of());
        assertThatThrownBy(() -> server.awaitReady(Duration.ofSeconds(20), () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broken ended with 3")
                .hasMessageContaining("no such flag");
    }

    @Test
    void aServerThatIsNeverReadyIsStopped() {
        var server = ServerProcess.start("silent", ServerProcess.folder("silent"), List.of("sleep", "600"), Map.of());
        var processes = server.processes();
        assertThatThrownBy(() -> server.awaitReady(Duration.ofMillis(300), () -> false))
                .hasMessageContaining("silent was not ready within");
        assertThat(processes).noneMatch(ServerProcessIT::isThere);
    }
}
