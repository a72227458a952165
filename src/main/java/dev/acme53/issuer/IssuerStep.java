package dev.acme53.issuer;

import dev.acme53.account.AccountKey;
import dev.acme53.acme.Eab;
import java.net.URI;
import java.util.Optional;

/// The one thing to do next for an issuer.
sealed interface IssuerStep {
    /// The account is there and nothing about it has changed.
    record Keep() implements IssuerStep {}

    /// Make an account key.
    record GenerateKey() implements IssuerStep {}

    /// Ask the CA for the account of this key.
    ///
    /// @param known the account's URL so far, if it is at this CA
    record Register(URI server, AccountKey.Found key, Optional<Eab> eab, Optional<URI> known) implements IssuerStep {}

    /// Not ready, until a Secret or the issuer changes.
    ///
    /// @param event reason of the Warning event that says so too; empty for none
    record Refuse(String reason, String message, String event) implements IssuerStep {}
}
