package dev.acme53.acme;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Why a CA did not do as asked, in terms of what to do next.
///
/// Every message is one stable line: the problem's type and detail (RFC 7807) and those of its subproblems,
/// without nonces, ports or whatever else changes from one try to the next. It holds no key material and may be
/// shown.
public sealed interface AcmeFailure {
    String message();

    /// Retry with back-off: network, TLS, 5xx, `badNonce` in spite of repeated tries (RFC 8555 §6.5).
    ///
    /// @param retryAfter not before this, if the CA said so
    record Transient(String message, Optional<Instant> retryAfter) implements AcmeFailure {}

    /// HTTP 429 or `rateLimited` (RFC 8555 §6.6).
    ///
    /// @param retryAfter not before this, if the CA said so
    record RateLimited(String message, Optional<Instant> retryAfter) implements AcmeFailure {}

    /// `userActionRequired` (RFC 8555 §7.3.3): a person must visit `instance`.
    record ActionRequired(String message, URI instance) implements AcmeFailure {}

    /// The CA refuses this request for good (any other 4xx, RFC 8555 §6.7).
    ///
    /// @param type the last part of the ACME error's URN, `malformed` say, or the whole of another URI; empty
    /// when the answer was no problem document
    record Problem(int httpStatus, String type, String message) implements AcmeFailure {}

    /// Nothing was sent, and nothing will be until the input changes: a URL that is not the CA's, a profile
    /// that it does not offer.
    record NotSent(String message) implements AcmeFailure {}
}
