package dev.acme53.aws;

/// Whether a solver's settings give credentials.
public sealed interface Resolution {
    /// It does.
    record Granted(AwsSession session) implements Resolution {}

    /// It does not.
    /// @param message the documented text (route53.md §2.7), the same from one try to the next
    /// @param mayHeal whether a retry can succeed without a change of the issuer: a Secret appears, the network
    /// returns
    record Refused(String message, boolean mayHeal) implements Resolution {}
}
