package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/// Pebble from its own binary, on loopback.
final class LocalPebble implements AcmeCa, LocalProcesses {
    private final PebbleSettings settings;
    private final Path folder = ServerProcess.folder("pebble");
    private final PrivateCa tls = new PrivateCa("Pebble's TLS in tests");
    private final int port = FreePort.next();
    private final PebbleManagement management = new PebbleManagement(tls, "127.0.0.1", FreePort.next());
    private ServerProcess process;

    private LocalPebble(PebbleSettings settings) {
        this.settings = settings;
        var leaf = tls.server(settings.names("127.0.0.1", "localhost"));
        ServerProcess.write(folder.resolve("tls.crt"), leaf.certificate());
        ServerProcess.write(folder.resolve("tls.key"), leaf.key());
        ServerProcess.write(
                folder.resolve("config.json"),
                settings.configuration("127.0.0.1:" + port, "127.0.0.1:" + management.port(), "tls.crt", "tls.key"));
        this.process = startProcess();
    }

    static LocalPebble start(PebbleSettings settings) {
        return new LocalPebble(settings);
    }

    private ServerProcess startProcess() {
        var dns = settings.dns();
        var started = ServerProcess.start(
                "pebble",
                folder,
                List.of(
                        ServerBinaries.pathOf(GoServer.PEBBLE).toString(),
                        "-config=config.json",
                        "-strict",
                        "-dnsserver=" + dns.getAddress().getHostAddress() + ":" + dns.getPort()),
                settings.environment());
        var ask = HttpRequest.newBuilder(directory())
                .timeout(Duration.ofSeconds(2))
                .build();
        try (var http = Answers.trusting(tls.root())) {
            started.awaitReady(Duration.ofSeconds(20), () -> Answers.ok(http, ask));
        }
        return started;
    }

    @Override
    public URI directory() {
        return URI.create("https://127.0.0.1:" + port + "/dir");
    }

    @Override
    public String tlsRoot() {
        return tls.rootPem();
    }

    @Override
    public List<X509Certificate> issuanceRoots() {
        return management.roots();
    }

    @Override
    public void restart() {
        stop();
        process = startProcess();
    }

    @Override
    public void stop() {
        process.close();
    }

    @Override
    public String log() {
        try {
            return Files.readString(process.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Long> processes() {
        return process.processes();
    }

    @Override
    public void close() {
        stop();
        ServerProcess.delete(folder);
    }
}
