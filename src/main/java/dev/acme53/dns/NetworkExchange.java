package dev.acme53.dns;

import dev.acme53.names.UnaskedHosts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;

/// Questions by UDP, then TCP when the answer was cut short or none came, or by HTTPS; 10 s for each try
/// (behaviour.md §4.3).
final class NetworkExchange implements Exchange, AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String MEDIA_TYPE = "application/dns-message";

    /// The longest DNS message.
    private static final int LONGEST_ANSWER = 65_535;

    private final Duration timeout;
    private final DohSettings doh;
    private final HttpClient http;

    NetworkExchange(Duration timeout, DohSettings doh) {
        this.timeout = timeout;
        this.doh = doh;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .proxy(doh.proxy())
                .sslContext(doh.tls())
                .build();
    }

    @Override
    public Message ask(Nameserver server, Message query) throws IOException {
        return switch (server) {
            case Nameserver.Plain plain -> ask(plain.address(), query);
            case Nameserver.Doh https -> ask(https, query);
        };
    }

    private Message ask(InetSocketAddress address, Message query) throws IOException {
        if (address.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        var resolver = new SimpleResolver(address);
        resolver.setTimeout(timeout);
        try {
            return resolver.send(query);
        } catch (IOException _) {
            // a firewall that drops UDP, or large answers, often lets TCP pass
            resolver.setTCP(true);
            return resolver.send(query);
        }
    }

    /// Whom to ask, anybody may have written into an issuer's solver.
    private Message ask(Nameserver.Doh server, Message query) throws IOException {
        if (UnaskedHosts.isReachedBy(server.url(), doh.proxy(), InetAddress::getAllByName)) {
            throw new UnaskedException();
        }
        var request = HttpRequest.newBuilder(server.url())
                .timeout(timeout)
                .header("Content-Type", MEDIA_TYPE)
                .header("Accept", MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(query.toWire()));
        // to the proxy alone: the client leaves it out of what passes through the tunnel
        doh.proxyAuthorization().apply(server.url()).ifPresent(login -> request.header("Proxy-Authorization", login));
        var answer = await(request.build());
        if (answer.statusCode() != 200) {
            throw new HttpStatusException(answer.statusCode());
        }
        return new Message(answer.body());
    }

    /// The client's own timeout ends with the headers; a body could go on for ever.
    private HttpResponse<byte[]> await(HttpRequest request) throws IOException {
        var handler = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER);
        var answer = http.sendAsync(request, handler);
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /// A DoH server that is one of the [UnaskedHosts].
    static final class UnaskedException extends IOException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            return "a link-local or metadata address is not asked";
        }
    }

    /// A DoH server answered with another status than 200.
    static final class HttpStatusException extends IOException {
        private final int status;

        HttpStatusException(int status) {
            this.status = status;
        }

        @Override
        public String getMessage() {
            return "HTTP status " + status;
        }
    }
}
