package dev.acme53.operator.network;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// An HTTP proxy.
///
/// @param host a name or an address, an IPv6 one without brackets
/// @param login who we are to it
record ProxyServer(String host, int port, Optional<Login> login) {
    private static final int PORT = 80;
    private static final String SCHEME = "http://";

    /// A name and a password.
    record Login(String user, String password) {
        /// The value of `Proxy-Authorization` (RFC 7617).
        String basic() {
            var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        /// Without either.
        @Override
        public String toString() {
            return "Login[]";
        }
    }

    /// The proxy that `text` names: `http://user:password@host:port`, where only the host is needed.
    ///
    /// @param variable where the text stands
    /// @throws BadVariable when it names none, or one of another kind
    static ProxyServer parse(String variable, String text) {
        var url = url(variable, text.contains("://") ? text : SCHEME + text);
        if (!"http".equalsIgnoreCase(url.getScheme())) {
            throw new BadVariable(variable, "only proxies with an http:// URL are served");
        }
        var host = url.getHost();
        if (host == null) {
            throw unreadable(variable);
        }
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new ProxyServer(
                bare,
                url.getPort() < 0 ? PORT : url.getPort(),
                Optional.ofNullable(url.getRawUserInfo()).map(ProxyServer::login));
    }

    private static URI url(String variable, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw unreadable(variable);
        }
    }

    private static BadVariable unreadable(String variable) {
        return new BadVariable(
                variable,
                "not the URL of a proxy, such as http://proxy.example.com:3128 (special characters of a user or"
                        + " password must be percent-encoded)");
    }

    private static Login login(String raw) {
        var colon = raw.indexOf(':');
        return colon < 0
                ? new Login(decoded(raw), "")
                : new Login(decoded(raw.substring(0, colon)), decoded(raw.substring(colon + 1)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Not yet resolved: names may move.
    Proxy proxy() {
        return new Proxy(Proxy.Type.HTTP, address());
    }

    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /// Without the login.
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
