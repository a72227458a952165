package dev.acme53.x509;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a certificate signing request should say, as a Certificate says it. Nothing is checked yet: that is done
/// when the request is built.
///
/// @param literalSubject RFC 4514 text that gives the whole subject; then `subject` is not looked at. Null or empty:
/// `subject` counts
/// @param usages key usages and extended key usages in the API's words; empty means `digital signature` and `key
/// encipherment`
/// @param encodeUsages whether the usages are written into the request
/// @param nameConstraints null when there are none
/// @param signatureAlgorithm the API's word; null or empty: what suits the key
public record CsrTemplate(
        Subject subject,
        @Nullable String literalSubject,
        List<String> dnsNames,
        List<String> emailAddresses,
        List<String> ipAddresses,
        List<String> uris,
        List<OtherName> otherNames,
        List<String> usages,
        boolean encodeUsages,
        boolean isCa,
        @Nullable NameConstraints nameConstraints,
        @Nullable String signatureAlgorithm) {
    public CsrTemplate {
        dnsNames = List.copyOf(dnsNames);
        emailAddresses = List.copyOf(emailAddresses);
        ipAddresses = List.copyOf(ipAddresses);
        uris = List.copyOf(uris);
        otherNames = List.copyOf(otherNames);
        usages = List.copyOf(usages);
    }
}
