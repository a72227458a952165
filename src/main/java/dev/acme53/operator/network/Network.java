package dev.acme53.operator.network;

import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// How this program gets out: which proxy to which URL (see [Proxies]), and whose certificates are taken: the JVM's
/// roots, those of `SSL_CERT_FILE` and `SSL_CERT_DIR`, and towards AWS those of `AWS_CA_BUNDLE`.
public final class Network {
    private static final Logger LOG = LoggerFactory.getLogger(Network.class);
    private static final String NO_LOGIN_THROUGH_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private final Proxies proxies;
    private final Trust trust;
    private final Trust trustInAws;

    private Network(Proxies proxies, Trust trust, Trust trustInAws) {
        this.proxies = proxies;
        this.trust = trust;
        this.trustInAws = trustInAws;
    }

    /// Reads everything once. To be called before the first connection, since the JDK then decides for good whether a
    /// name and password may be sent to a proxy that only passes TLS on; by default it refuses.
    ///
    /// @throws BadVariable when a variable cannot be used
    public static Network of(Map<String, String> environment) {
        var files = new TrustFiles(environment);
        var trust = new Trust(files.ofFile("SSL_CERT_FILE")).and(files.ofDirectories("SSL_CERT_DIR"));
        var network = new Network(Proxies.of(environment), trust, trust.and(files.ofFile("AWS_CA_BUNDLE")));
        if (System.getProperty(NO_LOGIN_THROUGH_TUNNELS) == null) {
            System.setProperty(NO_LOGIN_THROUGH_TUNNELS, "");
        }
        return network;
    }

    /// For what libraries open by themselves.
    public Network becomeTheDefault() {
        ProxySelector.setDefault(proxySelector());
        return this;
    }

    /// Which proxy to which URL.
    public ProxySelector proxySelector() {
        return proxies.selector();
    }

    /// The value of `Proxy-Authorization` for requests to a URL; empty when no proxy asks for one.
    public Optional<String> proxyAuthorization(URI url) {
        return proxies.authorization(url);
    }

    /// For TLS with whomever nothing else is said about.
    public SSLContext tls() {
        return trust.context();
    }

    /// A client for the AWS SDK.
    public SdkHttpClient aws() {
        return UrlConnectionHttpClient.create(new AwsHttp(proxies, trustInAws));
    }

    /// The way to the API server.
    public ApiServerRoute toApiServer(URI server) {
        return new ApiServerRoute(proxies.to(server), trust);
    }

    /// One line when something is set; no login is in it.
    public void introduce() {
        if (!proxies.equals(Proxies.of(Map.of())) || !trustInAws.more().isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("http_proxy", shown(proxies.http()))
                    .addKeyValue("https_proxy", shown(proxies.https()))
                    .addKeyValue(
                            "no_proxy_entries", proxies.exceptions().rules().size())
                    .addKeyValue("further_roots", trust.more().size())
                    .addKeyValue(
                            "further_roots_for_aws",
                            trustInAws.more().size() - trust.more().size())
                    .log("the network is as the environment says");
        }
    }

    private static String shown(Optional<ProxyServer> server) {
        return server.map(Object::toString).orElse("none");
    }
}
