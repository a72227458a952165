package dev.acme53.operator.network;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/// The way to the API server: through the environment's proxy, unless the kubeconfig names one of its own, and trusting
/// the environment's roots beside the cluster's CA.
public final class ApiServerRoute {
    private final Optional<ProxyServer> proxy;
    private final Trust trust;

    ApiServerRoute(Optional<ProxyServer> proxy, Trust trust) {
        this.proxy = proxy;
        this.trust = trust;
    }

    /// Sets what concerns the way; the rest stays as it is.
    /// @param config as the client was configured by
    /// @param ownProxy whether the kubeconfig names a proxy
    public void applyTo(HttpClient.Builder http, Config config, boolean ownProxy) {
        if (!ownProxy) {
            applyProxy(http);
        }
        if (!config.isTrustCerts() && !trust.more().isEmpty()) {
            try {
                http.sslContext(SSLUtils.keyManagers(config), trust.added(SSLUtils.trustManagers(config)));
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("the client was configured by the same", e);
            }
        }
    }

    private void applyProxy(HttpClient.Builder http) {
        if (proxy.isEmpty()) {
            http.proxyType(HttpClient.ProxyType.DIRECT);
            return;
        }
        var server = proxy.get();
        http.proxyType(HttpClient.ProxyType.HTTP).proxyAddress(server.address());
        server.login().ifPresent(login -> http.proxyAuthorization(login.basic()));
    }
}
