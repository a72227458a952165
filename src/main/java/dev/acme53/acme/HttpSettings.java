package dev.acme53.acme;

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
/// @param tls for CAs whose issuers say nothing about trust
/// @param connecting the longest that a connection may take to be made
/// @param answering the longest that one request may take from its start to the last octet of its answer
/// @param userAgent name and version of the program (RFC 8555 §6.1)
public record HttpSettings(
        ProxySelector proxy,
        Function<URI, Optional<String>> proxyAuthorization,
        SSLContext tls,
        Duration connecting,
        Duration answering,
        String userAgent) {
    /// The times of behaviour.md §3.8.
    public static HttpSettings of(
            ProxySelector proxy, Function<URI, Optional<String>> proxyAuthorization, SSLContext tls, String userAgent) {
        return new HttpSettings(
                proxy, proxyAuthorization, tls, Duration.ofSeconds(30), Duration.ofSeconds(90), userAgent);
    }
}
