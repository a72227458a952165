package dev.acme53.operator.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.acme53.operator.flags.ListenAddress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One small HTTP server that answers GET and HEAD. A request or an answer that takes longer than 8 s is cut off.
public final class HttpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

    static {
        System.setProperty("sun.net.httpserver.maxReqTime", "8");
        System.setProperty("sun.net.httpserver.maxRspTime", "8");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private HttpEndpoint(HttpServer server) {
        this.server = server;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-", 0).factory());
        server.setExecutor(threads);
    }

    /// Binds the address; nothing is answered before [#start].
    /// @param tls empty for plain HTTP
    /// @throws IOException when the address cannot be bound
    public static HttpEndpoint bind(ListenAddress address, Optional<HttpsConfigurator> tls) throws IOException {
        var socket = address.socketAddress();
        if (socket.isUnresolved()) {
            throw new IOException("unknown host");
        }
        if (tls.isEmpty()) {
            return new HttpEndpoint(HttpServer.create(socket, 0));
        }
        var server = HttpsServer.create(socket, 0);
        server.setHttpsConfigurator(tls.get());
        return new HttpEndpoint(server);
    }

    /// What is asked for.
    /// @param path below the prefix: empty, or without its slash
    /// @param query as sent, empty when there is none
    /// @param host the header `Host`, empty unless there is exactly one
    public record Request(String path, String query, String host) {}

    /// What is answered, written as it is sent.
    public record Answer(int status, String contentType, Map<String, String> headers, Body body) {
        public Answer {
            headers = Map.copyOf(headers);
        }

        /// Without headers of its own.
        public Answer(int status, String contentType, Body body) {
            this(status, contentType, Map.of(), body);
        }

        private static final String TEXT = "text/plain; charset=utf-8";

        /// Plain text.
        public static Answer text(int status, String text) {
            return new Answer(status, TEXT, out -> out.append(text));
        }
    }

    /// Writes the content of an answer.
    public interface Body {
        void writeTo(Writer out) throws IOException;
    }

    /// Answers one request.
    public interface Responder {
        /// Must not take longer than a scraper or kubelet waits.
        Answer answer(Request request);
    }

    /// Answers what is at `prefix` and below it.
    public HttpEndpoint serve(String prefix, Responder responder) {
        server.createContext(prefix, exchange -> {
            try (exchange) {
                send(exchange, answer(exchange, prefix, responder));
            }
        });
        return this;
    }

    /// Starts to answer.
    public void start() {
        server.start();
    }

    /// The port bound, also where 0 was asked for.
    public int port() {
        return server.getAddress().getPort();
    }

    private static Answer answer(HttpExchange exchange, String prefix, Responder responder) {
        var path = exchange.getRequestURI().getPath();
        var rest = path.substring(prefix.length());
        if (!rest.isEmpty() && !rest.startsWith("/")) {
            return Answer.text(404, "404 page not found\n");
        }
        if (!exchange.getRequestMethod().equals("GET")
                && !exchange.getRequestMethod().equals("HEAD")) {
            return new Answer(
                    405, Answer.TEXT, Map.of("Allow", "GET, HEAD"), out -> out.append("method not allowed\n"));
        }
        try {
            return responder.answer(new Request(
                    rest.isEmpty() ? "" : rest.substring(1),
                    Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                    host(exchange)));
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("path", prefix).setCause(e).log("not answered");
            return Answer.text(500, "internal error\n");
        }
    }

    private static String host(HttpExchange exchange) {
        var all = Objects.requireNonNullElse(exchange.getRequestHeaders().get("Host"), List.<String>of());
        return all.size() == 1 ? all.getFirst() : "";
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(headers::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), 0);
        try (var out = new BufferedWriter(
                new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8), 16_384)) {
            answer.body().writeTo(out);
        }
    }

    /// Takes no more requests and gives those under way a second.
    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
    }
}
