package dev.acme53.acme;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Whose TLS certificates are taken from a CA (behaviour.md §3.8).
///
/// @param bundle as [AcmeServer#caBundlePem]
/// @param anyone as [AcmeServer#skipTlsVerify]
record CaTrust(Optional<String> bundle, boolean anyone) {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

    static CaTrust of(AcmeServer server) {
        return new CaTrust(server.caBundlePem(), server.skipTlsVerify());
    }

    /// A context that trusts so.
    /// @param byDefault for whom nothing else is said
    SSLContext context(SSLContext byDefault) {
        var roots = bundle.map(CaTrust::certificates).orElse(List.of());
        if (!anyone && roots.isEmpty()) {
            return byDefault;
        }
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, anyone ? new TrustManager[] {new Anyone()} : managers(roots), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static TrustManager[] managers(List<Certificate> roots) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store(roots));
        return factory.getTrustManagers();
    }

    /// All that can be read; what cannot is passed over, as the peer does.
    static List<Certificate> certificates(String pem) {
        return CERTIFICATE
                .matcher(pem)
                .results()
                .flatMap(block -> certificate(block.group(1)).stream())
                .toList();
    }

    private static Optional<Certificate> certificate(String base64) {
        try {
            var der = Base64.getMimeDecoder().decode(base64);
            return Optional.of(
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static KeyStore store(List<Certificate> roots) throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var i = 0; i < roots.size(); i++) {
                store.setCertificateEntry("root-" + i, roots.get(i));
            }
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("a store in memory", e);
        }
    }

    /// The length only: a bundle is long.
    @Override
    public String toString() {
        return "CaTrust[bundle=" + bundle.map(String::length) + ", anyone=" + anyone + "]";
    }

    /// Takes every certificate for every name, as the issuer's author asked for with `skipTLSVerify`. Being an
    /// extended manager it also switches off the check of the host's name.
    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
