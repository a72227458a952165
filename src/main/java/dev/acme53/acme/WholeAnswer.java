package dev.acme53.acme;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/// An answer that has been read to its end, in the form acme4j expects.
///
/// `Retry-After` is left out of the headers: acme4j takes an unreadable one for a fault of the whole answer, so
/// [RetryAfter] reads it.
record WholeAnswer(HttpResponse<byte[]> answer) implements HttpResponse<InputStream> {
    @Override
    public int statusCode() {
        return answer.statusCode();
    }

    @Override
    public HttpRequest request() {
        return answer.request();
    }

    @Override
    public Optional<HttpResponse<InputStream>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return HttpHeaders.of(answer.headers().map(), (name, _) -> !name.equalsIgnoreCase(RetryAfter.HEADER));
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(answer.body());
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return answer.sslSession();
    }

    @Override
    public URI uri() {
        return answer.uri();
    }

    @Override
    public HttpClient.Version version() {
        return answer.version();
    }
}
