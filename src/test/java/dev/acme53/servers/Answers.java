package dev.acme53.servers;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whether a server that is starting answers yet.
final class Answers {
    private Answers() {}

    /// True for a 200; false for any other status and while nothing answers.
    static boolean ok(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Asks until the answer is a 200; none within `limit` is an error.
    static void awaitOk(Duration limit, HttpClient http, HttpRequest request) {
        var end = System.nanoTime() + limit.toNanos();
        while (!ok(http, request)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no answer from " + request.uri() + " within " + limit);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /// A client that trusts one root and nothing else.
    static HttpClient trusting(X509Certificate root) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("root", root);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder().sslContext(tls).build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
