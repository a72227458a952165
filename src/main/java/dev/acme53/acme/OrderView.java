package dev.acme53.acme;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// An order as the CA shows it (RFC 8555 §7.1.3).
///
/// @param status `pending`, `ready`, `processing`, `valid` or `invalid`; another word is passed on as it is
/// @param certificate where the chain is, once the order is valid
/// @param error why the order is invalid, as one stable line
public record OrderView(
        URI url,
        String status,
        Optional<URI> finalizeUrl,
        List<URI> authorizations,
        Optional<URI> certificate,
        Optional<String> error) {
    public OrderView {
        authorizations = List.copyOf(authorizations);
    }

    /// The same, with `reason` for its error where the CA gives none.
    public OrderView explainedBy(String reason) {
        return error.isPresent()
                ? this
                : new OrderView(url, status, finalizeUrl, authorizations, certificate, Optional.of(reason));
    }
}
