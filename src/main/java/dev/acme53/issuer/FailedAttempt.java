package dev.acme53.issuer;

import dev.acme53.issuer.Registrar.Registered;
import java.time.Instant;

/// What a CA answered last when it was not an account; kept in memory until the issuer asks for something else.
///
/// @param notBefore when the same may be asked again
record FailedAttempt(AccountWish wish, Registered.Failed failure, Instant notBefore) {}
