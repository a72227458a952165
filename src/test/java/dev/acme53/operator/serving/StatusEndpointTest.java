package dev.acme53.operator.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.operator.flags.ListenAddress;
import dev.acme53.operator.serving.HttpEndpoint.Answer;
import dev.acme53.operator.serving.HttpEndpoint.Request;
import dev.acme53.status.Snapshot;
import dev.acme53.status.Snapshot.Instance;
import dev.acme53.status.Snapshot.Leading;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusEndpointTest {
    private final StatusEndpoint endpoint =
            new StatusEndpoint(new ListenAddress("127.0.0.1", 9404), StatusEndpointTest::empty);

    private static Snapshot empty(Optional<String> namespace) {
        return new Snapshot(
                Instant.EPOCH,
                new Instance("1", Instant.EPOCH, new Leading.Here(), Optional.empty(), Optional.empty()),
                namespace,
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static String body(Answer answer) throws IOException {
        var out = new StringWriter();
        answer.body().writeTo(out);
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:9404", "127.8.9.10", "[::1]:9404", "[0:0:0:0:0:0:0:1]"
            })
    void itIsAnsweredUnderThisMachinesNames(String host) {
        assertThat(endpoint.answer(new Request("", "", host)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "example.com:9404",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "evil-localhost",
                "10.0.0.1:9404",
                "localhost:9404@example.com",
                "localhost, example.com",
                "[::2]"
            })
    void underNoOtherName(String host) throws IOException {
        var answer = endpoint.answer(new Request("", "", host));
        assertThat(answer.status()).isEqualTo(421);
        assertThat(body(answer)).doesNotContain("<html");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7,10.0.0.7:9404,200",
        "fd00::7,[fd00::7]:9404,200",
        "status.internal,Status.Internal:9404,200",
        "10.0.0.7,10.0.0.8:9404,421",
        "'',example.com,421",
        "'',localhost,200"
    })
    void theAddressGivenIsOneOfItsNames(String listens, String host, int status) {
        var elsewhere = new StatusEndpoint(new ListenAddress(listens, 9404), StatusEndpointTest::empty);
        assertThat(elsewhere.answer(new Request("", "", host)).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "namespace=web,web",
        "x=y&namespace=web&reload,web",
        "namespace=%20web+,web",
        "namespace=%3Cb%3E,&lt;b&gt;",
        "namespace=%zz,%zz",
        "namespace=,''",
        "namespace,''"
    })
    void theQueryNamesTheNamespace(String query, String value) throws IOException {
        assertThat(body(endpoint.answer(new Request("", query, "localhost"))))
                .contains("name=\"namespace\" list=\"namespaces\" value=\"" + value + "\"");
    }

    @Test
    void overHttpItIsReadOnlyNeverStoredAndNothingInItCanRun() throws Exception {
        var address = new ListenAddress("127.0.0.1", 0);
        try (var http = HttpClient.newHttpClient();
                var server = HttpEndpoint.bind(address, Optional.empty())
                        .serve("/", new StatusEndpoint(address, StatusEndpointTest::empty))) {
            server.start();
            var url = URI.create("http://127.0.0.1:" + server.port() + "/");
            var got = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(got.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(got.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(got.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(got.headers().firstValue("Content-Security-Policy"))
                    .contains("default-src 'none'; style-src 'sha256-" + styleHash(got.body())
                            + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
            var head = http.send(HttpRequest.newBuilder(url).HEAD().build(), BodyHandlers.ofString());
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("Cache-Control")).contains("no-store");
            for (var method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "X")) {
                var refused = http.send(
                        HttpRequest.newBuilder(url)
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
                assertThat(refused.statusCode()).as(method).isEqualTo(405);
                assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
            }
            for (var path : List.of("x", "favicon.ico", "metrics", "../", "index.html")) {
                assertThat(http.send(
                                        HttpRequest.newBuilder(url.resolve("/" + path))
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    private static String styleHash(String page) throws Exception {
        var css = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8)));
    }
}
