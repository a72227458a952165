package dev.acme53.acme;

import java.net.URI;
import java.util.Optional;

/// A challenge as the CA shows it (RFC 8555 §8).
///
/// @param type as the CA writes it, `dns-01` say
/// @param status `pending`, `processing`, `valid` or `invalid`; another word is passed on as it is
/// @param error why the CA found no proof, as one stable line
public record OfferedChallenge(URI url, String type, String token, String status, Optional<String> error) {}
