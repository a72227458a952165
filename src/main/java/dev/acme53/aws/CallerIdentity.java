package dev.acme53.aws;

/// Who AWS says a session is: for a person who asks, never for the controller, which calls nothing undocumented.
public sealed interface CallerIdentity {
    /// AWS knows it.
    ///
    /// @param account twelve digits
    /// @param arn of the user or of the role's session
    record Known(String account, String arn) implements CallerIdentity {}

    /// AWS did not say.
    ///
    /// @param message AWS's words, cleaned
    record Unknown(String message) implements CallerIdentity {}
}
