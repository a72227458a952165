package dev.acme53.challenge;

import dev.acme53.api.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What came of one call to AWS, DNS or the CA. Texts are the same from one try to the next.
sealed interface Outcome {
    /// Its Order lists the Challenge, and its issuer has the solver.
    ///
    /// @param offered whether the CA has shown its authorization to the Order as pending
    record Vouched(boolean offered) implements Outcome {}

    /// The record's place is known; nothing is written yet.
    record Located(WrittenRecord record) implements Outcome {}

    /// Route 53 does not take the record in this zone: its place has to be found again, and not before `earliest` has
    /// passed.
    record Misplaced(String reason, Duration earliest) implements Outcome {}

    /// Too many values stand at the name already; nothing is written.
    record Crowded() implements Outcome {}

    /// Route 53 has accepted the record.
    record Written(WrittenRecord record) implements Outcome {}

    /// The change is in sync.
    record Confirmed() implements Outcome {}

    /// The change is not in sync yet.
    record Unconfirmed() implements Outcome {}

    /// Route 53 does not know the change: the record has to be written again.
    record ChangeLost(WrittenRecord record) implements Outcome {}

    /// DNS shows the record.
    record Shown() implements Outcome {}

    /// DNS does not show the record, and that counts.
    record NotShown(String text) implements Outcome {}

    /// DNS does not show the record, which need not mean that the CA does not see it.
    record Unsettled(String text) implements Outcome {}

    /// How the CA has the challenge, before anything was done.
    record Standing(State state, String reason) implements Outcome {}

    /// The CA is looking, or will.
    record Validating(Optional<Instant> askAgain) implements Outcome {}

    record Proven() implements Outcome {}

    /// The CA found no proof.
    record Disproven(String reason) implements Outcome {}

    /// The CA will not go on with it.
    record Ended(State state, String reason) implements Outcome {}

    /// Whatever was written is removed, or was never there.
    record Removed() implements Outcome {}

    /// What was written is not removed yet.
    ///
    /// @param again when to try again at the latest
    record NotRemoved(String reason, Optional<Instant> again) implements Outcome {}

    /// What was written could not be removed, and nobody tries any longer.
    ///
    /// @param terminating whether the Challenge's namespace is being deleted
    record LeftBehind(String reason, boolean terminating) implements Outcome {}

    /// To be tried again.
    ///
    /// @param event reason of the Warning event that says so; empty for none
    record Failed(String reason, String event, Optional<Instant> notBefore) implements Outcome {}
}
