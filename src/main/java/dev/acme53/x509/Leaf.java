package dev.acme53.x509;

import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an end-entity certificate says.
///
/// @param issuer the subject of the CA that signed it
/// @param ipAddresses in their usual text
/// @param authorityKeyId the key identifier of the authority key identifier extension, null when there is none
public record Leaf(
        Subject subject,
        Subject issuer,
        List<String> dnsNames,
        List<String> emailAddresses,
        List<String> ipAddresses,
        List<String> uris,
        Instant notBefore,
        Instant notAfter,
        PublicKey publicKey,
        BigInteger serialNumber,
        @Nullable Der authorityKeyId) {
    public Leaf {
        dnsNames = List.copyOf(dnsNames);
        emailAddresses = List.copyOf(emailAddresses);
        ipAddresses = List.copyOf(ipAddresses);
        uris = List.copyOf(uris);
    }

    /// The subject's common name, empty when there is none.
    public String commonName() {
        return subject.commonName();
    }

    /// Whether it only stands in until the CA has answered, see [TemporaryCertificates].
    public boolean isTemporary() {
        return issuer.commonName().equals(TemporaryCertificates.ISSUER);
    }

    /// Whether it is past its time at an instant; at `notAfter` itself it is still valid.
    public boolean isExpired(Instant at) {
        return at.isAfter(notAfter);
    }
}
