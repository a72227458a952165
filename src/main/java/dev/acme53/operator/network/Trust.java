package dev.acme53.operator.network;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whose certificates are taken: the JVM's roots and more.
///
/// @param more beside the JVM's
record Trust(List<X509Certificate> more) {
    Trust {
        more = List.copyOf(more);
    }

    Trust and(List<X509Certificate> others) {
        return new Trust(Stream.concat(more.stream(), others.stream()).toList());
    }

    /// A context for connections that trust so.
    SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, added(managers(null)), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /// Managers that trust whom `others` trust, and ours.
    TrustManager[] added(TrustManager[] others) {
        if (more.isEmpty()) {
            return others;
        }
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var all = Stream.concat(Arrays.stream(others).flatMap(Trust::roots), more.stream())
                    .distinct()
                    .toList();
            for (var i = 0; i < all.size(); i++) {
                store.setCertificateEntry("root-" + i, all.get(i));
            }
            return managers(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a store in memory", e);
        }
    }

    private static Stream<X509Certificate> roots(TrustManager manager) {
        return manager instanceof X509TrustManager x509 ? Arrays.stream(x509.getAcceptedIssuers()) : Stream.empty();
    }

    /// Those of a store.
    /// @param store null for the JVM's
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
