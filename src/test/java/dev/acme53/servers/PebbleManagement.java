package dev.acme53.servers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Pebble's second port, which no public CA has: its issuance roots.
record PebbleManagement(PrivateCa tls, String host, int port) {
    /// The default chain's root, then those of the alternate chains.
    List<X509Certificate> roots() {
        var roots = new ArrayList<X509Certificate>();
        try (var http = Answers.trusting(tls.root())) {
            while (true) {
                var url = URI.create("https://" + host + ":" + port + "/roots/" + roots.size());
                var answer = http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200) {
                    return List.copyOf(roots);
                }
                roots.add((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(answer.body())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
