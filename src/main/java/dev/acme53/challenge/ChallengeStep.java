package dev.acme53.challenge;

import dev.acme53.api.State;
import java.time.Instant;

/// The one thing to do next for a Challenge.
sealed interface ChallengeStep {
    /// Nothing: done, or somebody else's turn.
    record Rest() implements ChallengeStep {}

    /// Nothing before that time.
    record Wait(Instant until) implements ChallengeStep {}

    /// Not our solver: say so once, touch nothing.
    record LeaveAlone() implements ChallengeStep {}

    /// Take a place among those worked on at the same time.
    record Start() implements ChallengeStep {}

    /// Take a place again: the next try is due since then.
    record Resume(Instant since) implements ChallengeStep {}

    /// Ask its Order and its issuer whether it is theirs.
    record Vouch() implements ChallengeStep {}

    /// Say why it cannot go on; an event of the issuer brings it back.
    record Explain(String reason) implements ChallengeStep {}

    /// It can never be proven as it is written.
    record Give(State state, String reason) implements ChallengeStep {}

    /// Ask the CA how the challenge stands.
    record ReadState() implements ChallengeStep {}

    /// Find credentials, the record's name and its zone.
    record Locate() implements ChallengeStep {}

    /// Have Route 53 write the record.
    record Write(WrittenRecord record) implements ChallengeStep {}

    /// The record is accepted, and status does not say so yet.
    record MarkPresented() implements ChallengeStep {}

    /// The record was presented by somebody who did not say when: its wait begins now.
    record DatePresented(Instant now) implements ChallengeStep {}

    /// Ask Route 53 whether the change is in sync.
    record Confirm(WrittenRecord record, String change) implements ChallengeStep {}

    /// Ask DNS whether the record shows, and wait for its answer until then.
    record Look(Instant until) implements ChallengeStep {}

    /// Tell the CA to look.
    record Accept() implements ChallengeStep {}

    /// Ask the CA whether it has looked.
    record AskResult() implements ChallengeStep {}

    /// Remove the record.
    record CleanUp() implements ChallengeStep {}

    /// Let the object go: nothing can have been written for it.
    record LetGo() implements ChallengeStep {}

    /// Give the place back. Status says so then, unless the Order has deleted the Challenge meanwhile.
    record Linger(Instant until) implements ChallengeStep {}

    /// Give the place back and say that there is no record.
    record Finish() implements ChallengeStep {}
}
