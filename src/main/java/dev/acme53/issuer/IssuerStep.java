package dev.acme53.issuer;

import dev.acme53.account.AccountKey;
import dev.acme53.issuer.Registrar.Registered;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// The one thing to do next for an issuer.
sealed interface IssuerStep {
    /// The account is there and nothing about it has changed: no request.
    record Keep() implements IssuerStep {}

    /// Make an account key and its Secret.
    record GenerateKey() implements IssuerStep {}

    /// Ask the CA for the account of this key.
    ///
    /// @param known the account's URL so far, if it is this key's at this CA
    record Register(AccountWish wish, AccountKey.Found key, Optional<URI> known) implements IssuerStep {}

    /// The CA has refused this and is not asked again yet.
    record Wait(Registered.Failed failure, Optional<URI> known, Instant until) implements IssuerStep {}

    /// Not ready until a Secret or the issuer changes.
    ///
    /// @param event reason of the Warning event that says so too
    record Refuse(String reason, String message, String event) implements IssuerStep {}
}
