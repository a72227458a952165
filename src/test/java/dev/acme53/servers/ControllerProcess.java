package dev.acme53.servers;

import dev.acme53.Acme53;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The controller as a user runs it: a process of its own, from the packaged jar with the image's JVM options.
///
/// The jar is used when it is there and newer than the classes; otherwise, as in an IDE, the class path of the tests.
/// Health, metrics and the status page are on free loopback ports; what else it needs, the flags say.
public final class ControllerProcess implements AutoCloseable {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path JAR = PROJECT.resolve("target/acme53.jar");

    /// What processes start with when it is newer than the jar.
    public static final Path AOT_CACHE = PROJECT.resolve("target/acme53.aot");

    private final ServerProcess process;
    private final URI health;
    private final URI metrics;
    private final URI statusPage;

    private ControllerProcess(ServerProcess process, URI health, URI metrics, URI statusPage) {
        this.process = process;
        this.health = health;
        this.metrics = metrics;
        this.statusPage = statusPage;
    }

    /// What to start.
    public static final class Start {
        private final List<String> options = new ArrayList<>();
        private final List<String> flags = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private List<String> command = List.of();

        /// Starts another command, as it is without flags.
        public Start command(List<String> other) {
            command = List.copyOf(other);
            return this;
        }

        /// Adds flags, each as `--name=value`.
        public Start flags(String... more) {
            flags.addAll(List.of(more));
            return this;
        }

        /// Adds options of the JVM, such as `-XX:AOTCache=FILE`, after those of the image.
        public Start options(List<String> more) {
            options.addAll(more);
            return this;
        }

        /// Sets a variable of the environment.
        public Start environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /// Starts the process and returns at once.
        public ControllerProcess now() {
            var health = URI.create("http://127.0.0.1:" + FreePort.next());
            var metrics = URI.create("http://127.0.0.1:" + FreePort.next());
            var status = URI.create("http://127.0.0.1:" + FreePort.next());
            var all = new ArrayList<>(command.isEmpty() ? program(options) : command);
            all.add("--internal-healthz-listen-address=" + health.getAuthority());
            all.add("--metrics-listen-address=" + metrics.getAuthority());
            all.add("--status-page-address=" + status.getAuthority());
            all.addAll(flags);
            var folder = ServerProcess.folder("acme53");
            return new ControllerProcess(
                    ServerProcess.start("acme53", folder, all, environment), health, metrics, status);
        }

        /// Starts the process and waits until it is ready: its caches are filled and, unless it stands by, it acts.
        public ControllerProcess ready() {
            var controller = now();
            controller.awaitReady();
            return controller;
        }
    }

    /// A start with the cluster of `kubernetes`, under the roles of an installation and no others.
    public static Start with(KubernetesApi kubernetes) {
        return as(ControllerAccount.in(kubernetes));
    }

    /// A start as an identity that has a token, for example a ServiceAccount's.
    public static Start as(Config identity) {
        var file = ServerProcess.folder("identity").resolve("kubeconfig");
        ServerProcess.write(file, Kubeconfig.of(identity));
        return new Start().flags("--kubeconfig=" + file);
    }

    /// A start that names no cluster.
    public static Start bare() {
        return new Start();
    }

    /// Whether a start takes the packaged jar, and not the class path of the tests.
    public static boolean runsFromJar() {
        return isNewerThanClasses(JAR);
    }

    /// The command without flags.
    ///
    /// @param options of the JVM beside the image's
    public static List<String> program(List<String> options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + PROJECT.resolve("src/main/image/jvm.options"));
        var fromJar = runsFromJar();
        if (fromJar && hasAotCache() && options.stream().noneMatch(o -> o.startsWith("-XX:AOT"))) {
            command.add("-XX:AOTCache=" + AOT_CACHE);
        }
        command.addAll(options);
        command.addAll(
                fromJar
                        ? List.of("-jar", JAR.toString())
                        : List.of("-cp", System.getProperty("java.class.path"), Acme53.class.getName()));
        return command;
    }

    /// Whether the AOT cache was made for the jar as it is.
    public static boolean hasAotCache() {
        try {
            return Files.exists(AOT_CACHE)
                    && Files.getLastModifiedTime(AOT_CACHE).compareTo(Files.getLastModifiedTime(JAR)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewerThanClasses(Path jar) {
        try {
            var classes = Path.of(Acme53.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!Files.exists(jar) || !classes.startsWith(PROJECT)) {
                return false;
            }
            var built = Files.getLastModifiedTime(jar);
            try (var files = Files.walk(classes)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits until `/readyz` says yes; an end of the process before that is an error that shows its log.
    public void awaitReady() {
        process.awaitReady(Duration.ofSeconds(60), () -> status("/readyz") == 200);
    }

    /// Waits until the log has a line with `part` in it.
    public void awaitLog(String part) {
        process.awaitReady(Duration.ofSeconds(60), () -> log().contains(part));
    }

    /// Waits for the end of the process; the exit code.
    public int awaitEnd() {
        process.awaitEnd(Duration.ofSeconds(40));
        return process.exitCode().orElseThrow();
    }

    /// Sends SIGTERM, as a kubelet does, and waits for the end; the exit code.
    public int stop() {
        controller().destroy();
        return awaitEnd();
    }

    /// Sends SIGKILL and waits for the end.
    public void kill() {
        controller().destroyForcibly();
        awaitEnd();
    }

    /// Lets it compute nothing until [#thaw].
    public void freeze() {
        signal("-STOP");
    }

    /// Lets a frozen one go on.
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            var code = new ProcessBuilder("kill", signal, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill " + signal + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// All that it has logged.
    public String log() {
        try {
            return Files.readString(process.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The text of `/metrics`.
    public String metrics() {
        return get(metrics.resolve("/metrics")).body();
    }

    /// The HTML of the status page.
    /// @param query `?name=value`, or empty
    public String statusPage(String query) {
        return get(statusPage.resolve("/" + query)).body();
    }

    /// The status of a health path such as `/livez`; 0 when nothing answers.
    public int status(String path) {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request(health.resolve(path)), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException _) {
            return 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /// The answer of a health path such as `/livez?verbose`.
    public String health(String path) {
        return get(health.resolve(path)).body();
    }

    /// Where `/metrics` is.
    public URI metricsAddress() {
        return metrics;
    }

    /// The number of its JVM among the system's processes.
    public long pid() {
        return controller().pid();
    }

    /// What is answered at `url`, which one of its addresses begins.
    public static HttpResponse<String> get(URI url) {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request(url), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest request(URI url) {
        return HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build();
    }

    /// The JVM behind the guarding shell.
    private ProcessHandle controller() {
        return process.processes().stream()
                .skip(1)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the controller is not running:\n" + log()));
    }

    /// Stops the process if it still runs.
    @Override
    public void close() {
        process.close();
    }
}
