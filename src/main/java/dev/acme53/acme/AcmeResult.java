package dev.acme53.acme;

import java.time.Instant;
import java.util.Optional;

/// What came of one call to a CA.
public sealed interface AcmeResult<T> {
    /// The CA did as asked.
    ///
    /// @param retryAfter when the CA wishes to be asked again (RFC 8555 §7.5.1), if it said so
    record Answer<T>(T value, Optional<Instant> retryAfter) implements AcmeResult<T> {
        /// An answer without `Retry-After`.
        public Answer(T value) {
            this(value, Optional.empty());
        }
    }

    /// It did not, or was not reached.
    record Refused<T>(AcmeFailure failure) implements AcmeResult<T> {}

    /// What the CA refused it for; empty also for a limit or a fault, which pass, and for what was not sent.
    default Optional<AcmeFailure.Problem> problem() {
        return this instanceof Refused<T>(AcmeFailure.Problem problem) ? Optional.of(problem) : Optional.empty();
    }
}
