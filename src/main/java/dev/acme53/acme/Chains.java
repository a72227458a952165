package dev.acme53.acme;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/// Certificate chains as CAs deliver them (RFC 8555 §7.4.2, behaviour.md §3.6).
final class Chains {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Chains() {}

    /// Whether the issuer of the last certificate has the common name `commonName`.
    static boolean endsAt(List<X509Certificate> chain, String commonName) {
        return commonName(chain.getLast().getIssuerX500Principal())
                .filter(commonName::equals)
                .isPresent();
    }

    /// PEM, in the delivered order, nothing left out.
    static String pem(List<X509Certificate> chain) {
        var text = new StringBuilder();
        for (var certificate : chain) {
            try {
                text.append("-----BEGIN CERTIFICATE-----\n")
                        .append(LINES.encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was read cannot be written", e);
            }
        }
        return text.toString();
    }

    private static Optional<String> commonName(X500Principal name) {
        try {
            return new LdapName(name.getName(X500Principal.RFC2253))
                    .getRdns().reversed().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> rdn.getValue())
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .findFirst();
        } catch (InvalidNameException _) {
            return Optional.empty();
        }
    }
}
