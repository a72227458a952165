package dev.acme53.certificate;

import java.time.Instant;

/// The Secret that `spec.secretName` names, as far as it is known.
sealed interface TargetSecret {
    /// There is none.
    record Missing() implements TargetSecret {}

    /// It is the very version that all checks but those of time were found to pass on, for the same generation,
    /// revision and request; so it was not read again.
    /// @param certificateName which Certificate the Secret says it was written for, empty text when it does not say
    record InOrder(String certificateName, Instant notBefore, Instant notAfter) implements TargetSecret {}

    /// As read just now.
    record Read(SecretFacts facts) implements TargetSecret {}
}
