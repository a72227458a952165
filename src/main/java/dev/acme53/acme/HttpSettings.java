package dev.acme53.acme;

import dev.acme53.names.UnaskedHosts;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/// How CAs are reached.
///
/// @param proxy which proxy to which URL
/// @param proxyAuthorization the value of `Proxy-Authorization` for requests to a URL, where its proxy wants one
/// @param lookup of the hosts that are asked without a proxy
/// @param tls for CAs whose issuers say nothing about trust
/// @param connecting the longest that a connection may take to be made
/// @param answering the longest that one request may take from its start to the last octet of its answer
/// @param userAgent name and version of the program (RFC 8555 §6.1)
public record HttpSettings(
        ProxySelector proxy,
        Function<URI, Optional<String>> proxyAuthorization,
        UnaskedHosts.Lookup lookup,
        SSLContext tls,
        Duration connecting,
        Duration answering,
        String userAgent) {
    /// The times of behaviour.md §3.8.
    public static HttpSettings of(
            ProxySelector proxy, Function<URI, Optional<String>> proxyAuthorization, SSLContext tls, String userAgent) {
        return new HttpSettings(
                proxy,
                proxyAuthorization,
                InetAddress::getAllByName,
                tls,
                Duration.ofSeconds(30),
                Duration.ofSeconds(90),
                userAgent);
    }
}
