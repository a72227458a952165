package dev.acme53.operator.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;

/// Connections to AWS for the SDK, whose own settings know other rules for proxies, and no further roots.
final class AwsHttp implements UrlConnectionFactory {
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration READING = Duration.ofSeconds(30);

    private final Proxies proxies;
    private final SSLSocketFactory sockets;

    AwsHttp(Proxies proxies, Trust trust) {
        this.proxies = proxies;
        this.sockets = trust.context().getSocketFactory();
    }

    @Override
    public HttpURLConnection createConnection(URI url) {
        try {
            var proxy = proxies.to(url).map(ProxyServer::proxy).orElse(Proxy.NO_PROXY);
            var connection = (HttpURLConnection) url.toURL().openConnection(proxy);
            connection.setConnectTimeout((int) CONNECTING.toMillis());
            connection.setReadTimeout((int) READING.toMillis());
            connection.setUseCaches(false);
            // to the proxy by the authenticator before a tunnel is there, by the header without a tunnel
            proxies.authorization(url).ifPresent(login -> {
                connection.setAuthenticator(proxies.authenticator());
                if (!(connection instanceof HttpsURLConnection)) {
                    connection.setRequestProperty("Proxy-Authorization", login);
                }
            });
            if (connection instanceof HttpsURLConnection https) {
                https.setSSLSocketFactory(sockets);
            }
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
