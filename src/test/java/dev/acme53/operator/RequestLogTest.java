package dev.acme53.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RequestLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(RequestLog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.setLevel(null);
        logger.detachAppender(log);
    }

    @Test
    void thatTheApiServerIsAwayIsSaidOnceAndThatItIsBack() throws IOException {
        var server = server(0);
        try (var client = client(server.getAddress().getPort())) {
            server.stop(0);
            assertThatThrownBy(() -> client.raw("/version")).isInstanceOf(KubernetesClientException.class);
            assertThatThrownBy(() -> client.raw("/version")).isInstanceOf(KubernetesClientException.class);
            assertThat(log.list).singleElement().satisfies(line -> {
                assertThat(line.getLevel()).isEqualTo(Level.WARN);
                assertThat(line.getMessage())
                        .isEqualTo("the API server does not answer: requests are repeated until it does");
                assertThat(line.getKeyValuePairs().toString())
                        .startsWith("[method=\"GET\", path=\"/version\", reason=\"java.");
            });
            server = server(server.getAddress().getPort());
            client.raw("/version");
            client.raw("/version");
            assertThat(log.list)
                    .extracting(ILoggingEvent::getMessage)
                    .satisfiesExactly(_ -> {}, text -> assertThat(text).isEqualTo("the API server answers again"));
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer server(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static KubernetesClient client(int port) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + port)
                        .withRequestRetryBackoffLimit(2)
                        .withRequestRetryBackoffInterval(10)
                        .build())
                .withHttpClientFactory(new ApiServerHttp())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("log", new RequestLog()))
                .build();
    }
}
