package dev.acme53.it.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.acme53.acme.AcmeServer;
import dev.acme53.servers.PrivateCa;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// An HTTPS server that answers like an ACME server until told otherwise, and looks at nothing it is sent. A real CA
/// can be neither made to fail at a chosen request nor to send nonsense.
final class MisbehavingCa implements AutoCloseable {
    private static final String PROBLEM = "application/problem+json";
    private static final PrivateCa CA = new PrivateCa("misbehaving");
    private final HttpsServer server;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();

    /// How one path answers.
    @FunctionalInterface
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    /// @param names those in its TLS certificate
    MisbehavingCa(String... names) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(CA.server(List.of(names)).serverContext()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        on("/dir", json(200, directory()));
        on("/nonce", json(200, ""));
        on(
                "/account",
                json(
                        200,
                        "{\"status\": \"valid\"}",
                        "Location",
                        url("/account/1").toString()));
        on("/order/1", json(200, order()));
    }

    private String directory() {
        return """
                {"newNonce": "%1$s/nonce", "newAccount": "%1$s/account", "newOrder": "%1$s/orders"}""".formatted(base());
    }

    String order() {
        return """
                {"status": "pending", "authorizations": [], "identifiers": [], "finalize": "%s/finalize"}""".formatted(base());
    }

    void on(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
    }

    static Behaviour json(int status, String body, String... headers) {
        return with(status, "application/json", body, headers);
    }

    static Behaviour problem(int status, String type, String... headers) {
        return with(
                status,
                PROBLEM,
                "{\"type\": \"urn:ietf:params:acme:error:" + type + "\", \"detail\": \"because\"}",
                headers);
    }

    static Behaviour with(int status, String contentType, String body, String... headers) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            for (var i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            var octets = body.getBytes(StandardCharsets.UTF_8);
            var head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head || octets.length == 0 ? -1 : octets.length);
            if (!head && octets.length > 0) {
                exchange.getResponseBody().write(octets);
            }
            exchange.close();
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        exchange.getResponseHeaders().set("Replay-Nonce", "bm9uY2U" + asked.size());
        exchange.getRequestBody().readAllBytes();
        behaviours.getOrDefault(path, problem(404, "malformed")).answer(exchange);
    }

    AcmeServer named() {
        return new AcmeServer(url("/dir"), Optional.of(CA.rootPem()), false);
    }

    URI url(String path) {
        return URI.create(base() + path);
    }

    private String base() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
