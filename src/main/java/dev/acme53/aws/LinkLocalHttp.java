package dev.acme53.aws;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Requests to what lives beside the program: instance metadata and container agents. Never through a proxy, which
/// would have other credentials to give, and never elsewhere by a redirect.
final class LinkLocalHttp {
    private static final int MOST = 64 * 1024;
    private final String userAgent;

    LinkLocalHttp(String userAgent) {
        this.userAgent = userAgent;
    }

    /// @param patience for connecting and for the answer, each
    Reply ask(String method, URI uri, Map<String, String> headers, Duration patience) {
        try {
            var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout((int) patience.toMillis());
            connection.setReadTimeout((int) patience.toMillis());
            connection.setRequestProperty("User-Agent", userAgent);
            headers.forEach(connection::setRequestProperty);
            var status = connection.getResponseCode();
            try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                var text = body == null ? "" : new String(body.readNBytes(MOST), StandardCharsets.UTF_8);
                return new Reply.Answer(status, text);
            }
        } catch (SocketTimeoutException _) {
            return new Reply.Silence("timed out");
        } catch (ConnectException _) {
            return new Reply.Silence("connection refused");
        } catch (IOException _) {
            return new Reply.Silence("no answer");
        }
    }

    sealed interface Reply {
        record Answer(int status, String body) implements Reply {
            /// Without the body, which may be credentials.
            @Override
            public String toString() {
                return "Answer[status=" + status + "]";
            }
        }

        /// Nothing came back.
        /// @param why the same each time
        record Silence(String why) implements Reply {}
    }
}
