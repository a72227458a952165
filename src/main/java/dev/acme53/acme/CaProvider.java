package dev.acme53.acme;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.provider.AbstractAcmeProvider;
import org.shredzone.acme4j.toolbox.JSON;

/// How acme4j reaches one CA: by our client, with our bounds, one directory for all sessions.
final class CaProvider extends AbstractAcmeProvider {
    private final CaDirectory directory;
    private final CaHttp http;
    private final InstantSource clock;

    CaProvider(CaDirectory directory, CaHttp http, InstantSource clock) {
        this.directory = directory;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public boolean accepts(URI serverUri) {
        return CaDirectory.isHttps(serverUri);
    }

    @Override
    public URL resolve(URI serverUri) {
        try {
            return serverUri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        return http.client();
    }

    @Override
    public Connection connect(URI serverUri, NetworkSettings settings, HttpClient client) {
        return new CaConnection(createHttpConnector(settings, client), directory, http, clock);
    }

    /// Null says to acme4j that nothing is new.
    @Override
    public @Nullable JSON directory(Session session, URI serverUri) throws AcmeException {
        var own = (AcmeSession) session;
        var current = directory.current(() -> read(own, serverUri));
        return own.adopt(current) ? current : null;
    }

    private JSON read(AcmeSession session, URI serverUri) throws AcmeException {
        try (var nonce = session.lockNonce();
                var connection = session.connect()) {
            connection.sendRequest(resolve(serverUri), session, null);
            connection.getNonce().ifPresent(nonce::setNonce);
            return connection.readJsonResponse();
        }
    }
}
