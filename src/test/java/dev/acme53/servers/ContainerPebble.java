package dev.acme53.servers;

import java.net.URI;
import java.net.http.HttpRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/// Pebble's image. Its host ports are chosen beforehand, so that a restart keeps them; its DNS questions come back to
/// this machine through a [LoopbackRelay], since the tests' name servers listen on loopback only.
final class ContainerPebble implements AcmeCa {
    private static final DockerImageName IMAGE = DockerImageName.parse("ghcr.io/letsencrypt/pebble:2.10.1");
    private static final String HOST = "host.docker.internal";

    private final PrivateCa tls = new PrivateCa("Pebble's TLS in tests");
    private final int port = FreePort.next();
    private final PebbleManagement management;
    private final LoopbackRelay relay;
    private final GenericContainer<?> container = new GenericContainer<>(IMAGE);

    private ContainerPebble(PebbleSettings settings) {
        relay = LoopbackRelay.to(settings.dns());
        management = new PebbleManagement(tls, container.getHost(), FreePort.next());
        var leaf = tls.server(settings.names("localhost", "127.0.0.1", container.getHost()));
        container
                .withEnv(settings.environment())
                .withExtraHost(HOST, "host-gateway")
                .withCopyToContainer(Transferable.of(leaf.certificate()), "/test/tls.crt")
                .withCopyToContainer(Transferable.of(leaf.key()), "/test/tls.key")
                .withCopyToContainer(
                        Transferable.of(settings.configuration(":14000", ":15000", "/test/tls.crt", "/test/tls.key")),
                        "/test/acme53.json")
                .withCommand("-config", "/test/acme53.json", "-strict", "-dnsserver", HOST + ":" + relay.port())
                .waitingFor(Wait.forLogMessage(".*ACME directory available.*", 1));
        container.setPortBindings(List.of(port + ":14000", management.port() + ":15000"));
        container.start();
        awaitReady();
    }

    static ContainerPebble start(PebbleSettings settings) {
        return new ContainerPebble(settings);
    }

    private void awaitReady() {
        var ask = HttpRequest.newBuilder(directory())
                .timeout(Duration.ofSeconds(2))
                .build();
        try (var http = Answers.trusting(tls.root())) {
            Answers.awaitOk(Duration.ofSeconds(20), http, ask);
        }
    }

    @Override
    public URI directory() {
        return URI.create("https://" + container.getHost() + ":" + port + "/dir");
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
    public String log() {
        return container.getLogs();
    }

    @Override
    public void restart() {
        stop();
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        awaitReady();
    }

    @Override
    public void stop() {
        if (!container.isRunning()) {
            return;
        }
        container
                .getDockerClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(5)
                .exec();
    }

    @Override
    public void close() {
        container.close();
        relay.close();
    }
}
