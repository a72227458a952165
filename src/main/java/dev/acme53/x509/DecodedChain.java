package dev.acme53.x509;

import java.security.cert.X509Certificate;
import java.util.List;

/// What the PEM text of certificates turned out to be.
public sealed interface DecodedChain {
    /// At least one certificate, in the order of the text: normally the leaf first.
    record Decoded(List<X509Certificate> certificates) implements DecodedChain {
        public Decoded {
            certificates = List.copyOf(certificates);
        }
    }

    /// Not certificates only.
    /// @param reason for users
    record Undecodable(String reason) implements DecodedChain {}
}
