package dev.acme53.servers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One etcd member on loopback, without TLS and without fsync: its data lives as long as the tests.
final class Etcd implements AutoCloseable {
    private final ServerProcess process;
    private final URI clients;
    private final Path folder;

    private Etcd(ServerProcess process, URI clients, Path folder) {
        this.process = process;
        this.clients = clients;
        this.folder = folder;
    }

    static Etcd start() {
        var folder = ServerProcess.folder("etcd");
        var clients = URI.create("http://127.0.0.1:" + FreePort.next());
        var peers = "http://127.0.0.1:" + FreePort.next();
        var process = ServerProcess.start(
                "etcd",
                folder,
                List.of(
                        ServerBinaries.pathOf(GoServer.ETCD).toString(),
                        "--data-dir=" + folder.resolve("data"),
                        "--unsafe-no-fsync",
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=default=" + peers,
                        "--log-level=warn"),
                Map.of());
        var health = HttpRequest.newBuilder(clients.resolve("/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            process.awaitReady(Duration.ofSeconds(30), () -> Answers.ok(http, health));
        }
        return new Etcd(process, clients, folder);
    }

    /// Where clients connect.
    URI clients() {
        return clients;
    }

    List<Long> processes() {
        return process.processes();
    }

    @Override
    public void close() {
        process.close();
        ServerProcess.delete(folder);
    }
}
