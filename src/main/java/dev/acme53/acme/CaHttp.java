package dev.acme53.acme;

import dev.acme53.names.UnaskedHosts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// HTTP to CAs that share one trust: every request is bounded in time and size and counted.
final class CaHttp {
    /// A chain has some kilobytes, a directory or order less; nothing that a CA says needs more.
    private static final long LONGEST_ANSWER = 1 << 20;

    /// The status that stands for no answer in the metrics (behaviour.md §7).
    static final int NO_ANSWER = 999;

    private static final int REDIRECTS = 5;

    private final HttpClient client;
    private final HttpSettings settings;
    private final AcmeRequestObserver observer;
    private final InstantSource clock;

    CaHttp(CaTrust trust, HttpSettings settings, AcmeRequestObserver observer, InstantSource clock) {
        // Never by itself: a signed request must not be sent on to where a redirect points
        this.client = HttpClient.newBuilder()
                .sslContext(trust.context(settings.tls()))
                .proxy(settings.proxy())
                .connectTimeout(settings.connecting())
                .followRedirects(HttpClient.Redirect.NEVER)
                // what it reads is handed out by the thread that reads it (ADR 29): nothing there blocks
                .executor(Runnable::run)
                .build();
        this.settings = settings;
        this.observer = observer;
        this.clock = clock;
    }

    HttpClient client() {
        return client;
    }

    HttpSettings settings() {
        return settings;
    }

    /// Sends a request and reads the whole answer, whatever its status. The redirects of a GET, which only the
    /// directory is asked by, are followed to other `https` URLs.
    ///
    /// @throws IOException when there is no answer, or not in time, or it is too long
    HttpResponse<byte[]> send(HttpRequest request, String action) throws IOException {
        var answer = sendOnce(request, action);
        for (var followed = 0; followed < REDIRECTS; followed++) {
            var target = redirect(answer);
            if (target.isEmpty()) {
                break;
            }
            answer = sendOnce(
                    HttpRequest.newBuilder(request, (_, _) -> true)
                            .uri(target.get())
                            .build(),
                    action);
        }
        return answer;
    }

    /// A directory, a redirect or an endpoint leads to one of the [UnaskedHosts].
    static final class Unasked extends IOException {
        private static final long serialVersionUID = 1;

        Unasked(URI url) {
            super(url.getScheme() + "://" + url.getRawAuthority());
        }
    }

    private HttpResponse<byte[]> sendOnce(HttpRequest request, String action) throws IOException {
        if (UnaskedHosts.isReachedBy(request.uri(), settings.proxy(), settings.lookup())) {
            throw new Unasked(request.uri());
        }
        var started = clock.instant();
        var status = NO_ANSWER;
        try {
            var answer = await(request);
            status = answer.statusCode();
            return answer;
        } finally {
            var uri = request.uri();
            observer.ended(new AcmeRequest(
                    action,
                    uri.getScheme(),
                    uri.getRawAuthority(),
                    request.method(),
                    status,
                    Duration.between(started, clock.instant())));
        }
    }

    /// The client's own timeout ends with the headers; a body could go on for ever.
    private HttpResponse<byte[]> await(HttpRequest request) throws IOException {
        var handler = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER);
        var answer = client.sendAsync(withLogin(request), handler);
        try {
            return answer.get(settings.answering().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer");
        } catch (InterruptedException _) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            switch (Objects.requireNonNull(e.getCause())) {
                case IOException io -> throw io;
                case Error error -> throw error;
                case Throwable other -> throw new IOException(other);
            }
        }
    }

    /// The header goes to the proxy alone: the client leaves it out of what passes through a tunnel.
    private HttpRequest withLogin(HttpRequest request) {
        return settings.proxyAuthorization()
                .apply(request.uri())
                .map(login -> HttpRequest.newBuilder(request, (_, _) -> true)
                        .setHeader("Proxy-Authorization", login)
                        .build())
                .orElse(request);
    }

    private static Optional<URI> redirect(HttpResponse<byte[]> answer) {
        var moved = switch (answer.statusCode()) {
            case 301, 302, 303, 307, 308 -> answer.request().method().equals("GET");
            default -> false;
        };
        if (!moved) {
            return Optional.empty();
        }
        try {
            return answer.headers()
                    .firstValue("Location")
                    .map(answer.uri()::resolve)
                    .filter(CaDirectory::isHttps);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
