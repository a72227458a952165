package dev.acme53.account;

import dev.acme53.acme.AcmeServer;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.names.UnaskedHosts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// The CA that an issuer names.
public final class NamedServer {
    private NamedServer() {}

    /// The CA with the trust that the issuer gives it; empty when `spec.acme.server` is not an `https` URL
    /// (RFC 8555 §6.1 wants TLS) or a host that is never asked; [#fault] says which.
    public static Optional<AcmeServer> of(AcmeIssuer acme) {
        return https(acme.server())
                .map(directory -> new AcmeServer(
                        directory,
                        acme.caBundle().isEmpty()
                                ? Optional.empty()
                                : Optional.of(acme.caBundle().text()),
                        acme.skipTLSVerify()));
    }

    /// Why a text names no CA.
    public static String fault(String text) {
        return url(text).isPresent()
                ? "spec.acme.server is a link-local or metadata address, which is never asked: name the CA's ACME"
                        + " directory"
                : "spec.acme.server is not an https URL: name the CA's ACME directory";
    }

    /// The URL that a text is, when it is an absolute `https` URL with a host and without user information,
    /// and that host may be asked.
    public static Optional<URI> https(String text) {
        return url(text).filter(url -> !UnaskedHosts.has(url));
    }

    private static Optional<URI> url(String text) {
        try {
            var url = new URI(text);
            return "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
