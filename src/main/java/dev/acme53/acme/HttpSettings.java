package dev.acme53.acme;

import java.net.ProxySelector;
import java.time.Duration;

/// How CAs are reached.
///
/// @param proxy which proxy to which URL
/// @param connecting the longest that a connection may take to be made
/// @param answering the longest that one request may take from its start to the last octet of its answer
/// @param userAgent name and version of the program (RFC 8555 §6.1)
public record HttpSettings(ProxySelector proxy, Duration connecting, Duration answering, String userAgent) {
    /// The times of behaviour.md §3.8.
    public static HttpSettings of(ProxySelector proxy, String userAgent) {
        return new HttpSettings(proxy, Duration.ofSeconds(30), Duration.ofSeconds(90), userAgent);
    }
}
