package dev.acme53.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// One AWS service behind HTTP on a loopback port. Every answer has its own request id, every call is recorded.
final class AwsServer implements AutoCloseable {
    static {
        // Without it the JDK's server waits 40 ms for an acknowledgement between an answer's head and body.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Service service;
    private final InstantSource clock;
    private final Consumer<Call> calls;

    /// What the service does with a call.
    interface Service {
        /// @throws Refusal an error, to be written by [#refused]
        Answer answer(CallInProgress call, String requestId);

        Answer refused(Refusal refusal, String requestId);
    }

    AwsServer(int port, Service service, InstantSource clock, Consumer<Call> calls) {
        this.service = service;
        this.clock = clock;
        this.calls = calls;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        var requestId = UUID.randomUUID().toString();
        var call = new CallInProgress(clock.instant(), Request.of(exchange), requestId);
        try {
            var answer = answer(call, requestId);
            calls.accept(call.finished(call.answerLost() ? 0 : answer.status(), answer.errorCode()));
            call.hold().ifPresent(Hold::keep);
            if (!call.answerLost()) {
                write(exchange, answer, requestId);
            }
        } catch (Faults.Dropped _) {
            calls.accept(call.finished(0, ""));
        } finally {
            exchange.close();
        }
    }

    private Answer answer(CallInProgress call, String requestId) {
        try {
            return service.answer(call, requestId);
        } catch (Refusal refusal) {
            return service.refused(refusal, requestId);
        } catch (Faults.Replaced replaced) {
            return replaced.answer();
        }
    }

    private static void write(HttpExchange exchange, Answer answer, String requestId) throws IOException {
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    static void pause(Duration duration) {
        if (duration.isPositive()) {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
