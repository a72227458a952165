package dev.acme53.servers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// LocalStack from its Python packages, on loopback, with folders of its own and without a word to anybody outside.
final class LocalAws implements Aws, LocalProcesses {
    private final ServerProcess process;
    private final URI endpoint;
    private final Path folder;

    private LocalAws(ServerProcess process, URI endpoint, Path folder) {
        this.process = process;
        this.endpoint = endpoint;
        this.folder = folder;
    }

    static LocalAws start() {
        var python = ServerBinaries.localStackPython();
        var folder = ServerProcess.folder("localstack");
        var endpoint = URI.create("http://127.0.0.1:" + FreePort.next());
        var process = ServerProcess.start(
                "localstack",
                folder,
                List.of(python.toString(), "-m", "localstack.runtime.main"),
                Map.ofEntries(
                        Map.entry("SERVICES", "route53,sts,iam"),
                        Map.entry("EAGER_SERVICE_LOADING", "1"),
                        Map.entry("GATEWAY_LISTEN", endpoint.getAuthority()),
                        // the default server listens on every interface, whatever GATEWAY_LISTEN says
                        Map.entry("GATEWAY_SERVER", "hypercorn"),
                        Map.entry("DNS_ADDRESS", "0"),
                        // else it takes the folders of an image when tests themselves run in a container
                        Map.entry("OVERRIDE_IN_DOCKER", "0"),
                        Map.entry(
                                "LOCALSTACK_VOLUME_DIR",
                                folder.resolve("volume").toString()),
                        Map.entry(
                                "FILESYSTEM_ROOT", folder.resolve("filesystem").toString()),
                        Map.entry("DISABLE_EVENTS", "1"),
                        Map.entry("SKIP_SSL_CERT_DOWNLOAD", "1")),
                // told to end, it sometimes hangs; it has nothing to save
                Duration.ofSeconds(1));
        var health = HttpRequest.newBuilder(endpoint.resolve("/_localstack/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            process.awaitReady(Duration.ofSeconds(90), () -> Answers.ok(http, health));
        }
        return new LocalAws(process, endpoint, folder);
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public List<Long> processes() {
        return process.processes();
    }

    @Override
    public void close() {
        process.close();
        ServerProcess.delete(folder);
    }
}
