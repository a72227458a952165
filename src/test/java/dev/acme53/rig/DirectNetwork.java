package dev.acme53.rig;

import dev.acme53.acme.HttpSettings;
import dev.acme53.dns.DohSettings;
import dev.acme53.names.UnaskedHosts;
import dev.acme53.operator.network.Network;
import java.time.Duration;
import java.util.Map;

/// A network without proxies and with the JVM's roots, for parts of the program that a test runs by themselves.
public final class DirectNetwork {
    private static final Network NETWORK = Network.of(Map.of());

    private DirectNetwork() {}

    /// For CAs.
    public static HttpSettings acme(String userAgent) {
        return HttpSettings.of(NETWORK.proxySelector(), NETWORK::proxyAuthorization, NETWORK.tls(), userAgent);
    }

    /// For CAs, with other times and a look-up of names of the test's own.
    public static HttpSettings acme(
            Duration connecting, Duration answering, UnaskedHosts.Lookup lookup, String userAgent) {
        return new HttpSettings(
                NETWORK.proxySelector(),
                NETWORK::proxyAuthorization,
                lookup,
                NETWORK.tls(),
                connecting,
                answering,
                userAgent);
    }

    /// For DNS over HTTPS.
    public static DohSettings doh() {
        return new DohSettings(NETWORK.proxySelector(), NETWORK::proxyAuthorization, NETWORK.tls());
    }
}
