package dev.acme53.operator.network;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which proxy to which URL, by the rules of Go's programs: `HTTP_PROXY` for `http`, `HTTPS_PROXY` for `https`, not for
/// what `NO_PROXY` lists, nor for `localhost` and loopback addresses. Each name is read in upper case first, then in
/// lower case; an empty one counts as unset.
///
/// Never for the addresses where AWS hands out credentials, whatever the variables say: a proxy must not see them, and
/// could only answer with its own.
///
/// @param http for `http` URLs
/// @param https for `https` URLs
record Proxies(Optional<ProxyServer> http, Optional<ProxyServer> https, NoProxy exceptions) {
    /// Instance metadata, ECS tasks, EKS Pod Identity; IPv4 and IPv6.
    private static final Set<InetAddress> METADATA = Stream.of(
                    "169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23")
            .map(InetAddress::ofLiteral)
            .collect(Collectors.toUnmodifiableSet());

    /// @throws BadVariable when a proxy's URL cannot be used
    static Proxies of(Map<String, String> environment) {
        return new Proxies(
                server("HTTP_PROXY", environment),
                server("HTTPS_PROXY", environment),
                NoProxy.parse(variable("NO_PROXY", environment)
                        .map(name -> environment.getOrDefault(name, ""))
                        .orElse("")));
    }

    private static Optional<ProxyServer> server(String upper, Map<String, String> environment) {
        return variable(upper, environment)
                .map(name -> ProxyServer.parse(
                        name, environment.getOrDefault(name, "").strip()));
    }

    private static Optional<String> variable(String upper, Map<String, String> environment) {
        return Stream.of(upper, upper.toLowerCase(Locale.ROOT))
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst();
    }

    /// The proxy to a URL; empty: straight there.
    Optional<ProxyServer> to(URI url) {
        var scheme = Objects.requireNonNullElse(url.getScheme(), "").toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "https" -> https.filter(_ -> mayBeProxied(url, 443));
            case "http" -> http.filter(_ -> mayBeProxied(url, 80));
            default -> Optional.empty();
        };
    }

    private boolean mayBeProxied(URI url, int usualPort) {
        var written = Objects.requireNonNullElse(url.getHost(), "").toLowerCase(Locale.ROOT);
        var host = written.startsWith("[") ? written.substring(1, written.length() - 1) : written;
        var address = IpLiteral.of(host);
        return !host.isEmpty()
                && !host.equals("localhost")
                && address.filter(a -> a.isLoopbackAddress() || METADATA.contains(a))
                        .isEmpty()
                && !exceptions.covers(host, url.getPort() < 0 ? usualPort : url.getPort());
    }

    /// The value of `Proxy-Authorization` for requests to a URL; empty when no proxy asks for one.
    Optional<String> authorization(URI url) {
        return to(url).flatMap(ProxyServer::login).map(ProxyServer.Login::basic);
    }

    /// The same for clients of the JDK.
    ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(@Nullable URI uri) {
                return List.of(
                        uri == null
                                ? Proxy.NO_PROXY
                                : to(uri).map(ProxyServer::proxy).orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // the caller is told by the exception
            }
        };
    }

    /// Answers a proxy that asks who we are, and nobody else.
    Authenticator authenticator() {
        return new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() != RequestorType.PROXY
                        ? null
                        : Stream.of(https, http)
                                .flatMap(Optional::stream)
                                .filter(server -> server.host().equals(getRequestingHost())
                                        && server.port() == getRequestingPort())
                                .flatMap(server -> server.login().stream())
                                .findFirst()
                                .map(login -> new PasswordAuthentication(
                                        login.user(), login.password().toCharArray()))
                                .orElse(null);
            }
        };
    }
}
