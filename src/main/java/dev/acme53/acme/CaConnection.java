package dev.acme53.acme;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;

/// acme4j's connection with the one method replaced through which all its requests go.
final class CaConnection extends DefaultConnection {
    private final CaDirectory directory;
    private final CaHttp http;
    private final InstantSource clock;

    CaConnection(HttpConnector connector, CaDirectory directory, CaHttp http, InstantSource clock) {
        super(connector);
        this.directory = directory;
        this.http = http;
        this.clock = clock;
    }

    @Override
    protected void sendRequest(Session session, URL url, Consumer<HttpRequest.Builder> body) throws IOException {
        var own = (AcmeSession) session;
        if (!covers(url)) {
            throw new ForeignUrl(url);
        }
        var builder = httpConnector
                .createRequestBuilder(url)
                .setHeader("User-Agent", http.settings().userAgent())
                .timeout(http.settings().answering())
                .header("Accept-Charset", "utf-8")
                .header("Accept-Language", session.getLanguageHeader());
        body.accept(builder);
        var request = builder.build();
        own.notAnswered();
        // Only the directory is asked by GET (RFC 8555 §6.3)
        var answer = http.send(request, request.method().equals("GET") ? "discover" : own.action());
        own.answered(answer, clock.instant());
        lastResponse = new WholeAnswer(answer);
    }

    private boolean covers(URL url) {
        try {
            return directory.covers(url.toURI());
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /// A URL that is not the CA's was to be asked.
    static final class ForeignUrl extends IOException {
        private static final long serialVersionUID = 1;

        ForeignUrl(URL url) {
            super(url.getProtocol() + "://" + url.getAuthority());
        }
    }
}
