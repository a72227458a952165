package dev.acme53.acme;

import java.net.URI;
import java.util.List;

/// An authorization as the CA shows it (RFC 8555 §7.1.4).
///
/// @param status `pending`, `valid`, `invalid`, `deactivated`, `expired` or `revoked`; another word is passed
/// on as it is
/// @param identifier the name or address, without `*.`
/// @param challenges all that the CA offers, in its order; those without a token are left out
public record AuthorizationView(
        URI url, String status, String identifier, boolean wildcard, List<OfferedChallenge> challenges) {
    public AuthorizationView {
        challenges = List.copyOf(challenges);
    }
}
