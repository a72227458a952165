package dev.acme53.aws;

/// Which source the controller's own credentials come from.
sealed interface AmbientChoice {
    /// The first that is configured, and therefore the only one that is asked.
    record Configured(CredentialSource source) implements AmbientChoice {}

    /// The first that is configured cannot be used as it is. No other one takes its place.
    /// @param message what is wrong with it
    record Broken(String message) implements AmbientChoice {}

    /// None is configured.
    record Nothing() implements AmbientChoice {}
}
