package dev.acme53.dns;

import java.net.ProxySelector;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/// How servers of DNS over HTTPS are reached.
///
/// @param proxy which proxy to which URL
/// @param proxyAuthorization the value of `Proxy-Authorization` for requests to a URL, where its proxy wants one
/// @param tls whose certificates are taken
public record DohSettings(ProxySelector proxy, Function<URI, Optional<String>> proxyAuthorization, SSLContext tls) {}
