package dev.acme53.acme;

import dev.acme53.names.DnsName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a new order asks for (RFC 8555 §7.4).
///
/// @param ips addresses in text form
/// @param profile one of the directory's `meta.profiles`
/// @param replaces the certificate that this one replaces, by its identifier of RFC 9773 §4.1
public record NewOrder(
        List<DnsName> dns,
        List<String> ips,
        Optional<Instant> notAfter,
        Optional<String> profile,
        Optional<String> replaces) {
    public NewOrder {
        dns = List.copyOf(dns);
        ips = List.copyOf(ips);
    }
}
