package dev.acme53.challenge;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.Finalizers;
import dev.acme53.api.GoDuration;
import dev.acme53.api.State;
import dev.acme53.challenge.Memory.Fact;
import dev.acme53.route53.ChallengeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides the next step of a Challenge from its object and what is remembered of it (behaviour.md §4.2), first match
/// wins.
///
/// Other than the peer, several Challenges of one name (an apex and its wildcard) go on side by side: their records
/// differ in the set identifier (route53.md R40).
final class ChallengeDecision {
    private ChallengeDecision() {}

    /// @param issuer the one that `issuerRef` means, when it exists
    static ChallengeStep next(Challenge challenge, Optional<AnyIssuer> issuer, Memory memory, Instant now) {
        var spec = challenge.getSpec();
        var status = challenge.statusOrEmpty();
        var state = status.state();
        var ended = challenge.isMarkedForDeletion() || State.isOver(state);
        if (!spec.isServed()) {
            return ended ? new ChallengeStep.Rest() : new ChallengeStep.LeaveAlone();
        }
        if (ended) {
            return ended(challenge, memory, now);
        }
        if (ChallengeName.of(spec).isEmpty()) {
            return new ChallengeStep.Give(State.ERRORED, "spec.dnsName is not a DNS name");
        }
        if (!ChallengeRecord.isValue(spec.key())) {
            return new ChallengeStep.Give(
                    State.ERRORED, "spec.key is not the value of a DNS-01 record: 43 characters of base64url");
        }
        if (!status.processing() && !memory.holds(Fact.STARTED)) {
            return new ChallengeStep.Start();
        }
        if (issuer.isEmpty()) {
            return new ChallengeStep.Explain("%s \"%s\" not found: create it, or delete the Certificate's request"
                    .formatted(
                            spec.issuerRef().kindOrDefault(), spec.issuerRef().name()));
        }
        if (memory.notBefore().isAfter(now)) {
            return new ChallengeStep.Wait(memory.notBefore());
        }
        if (memory.holds(Fact.OUT_OF_TURN)) {
            return new ChallengeStep.Resume(memory.notBefore());
        }
        if (!memory.holds(Fact.VOUCHED) && !wasPresented(status)) {
            return new ChallengeStep.Vouch();
        }
        if (state == null) {
            return new ChallengeStep.ReadState();
        }
        return status.presented() ? presented(challenge, memory, now) : absent(challenge, memory);
    }

    private static ChallengeStep ended(Challenge challenge, Memory memory, Instant now) {
        var status = challenge.statusOrEmpty();
        if (Finalizers.holds(challenge)) {
            if (status.state() == null && !wasPresented(status)) {
                return new ChallengeStep.LetGo();
            }
            return memory.holds(Fact.CLEANING) && memory.notBefore().isAfter(now)
                    ? new ChallengeStep.Wait(memory.notBefore())
                    : new ChallengeStep.CleanUp();
        }
        if (!(status.processing() || status.presented()) || isGone(challenge)) {
            return new ChallengeStep.Rest();
        }
        return memory.holds(Fact.CLEANED) && memory.notBefore().isAfter(now)
                ? new ChallengeStep.Linger(memory.notBefore())
                : new ChallengeStep.Finish();
    }

    /// Deleted, with no finalizer left: the API server has let it go, so a status would be refused.
    private static boolean isGone(Challenge challenge) {
        return challenge.isMarkedForDeletion()
                && challenge.getMetadata().getFinalizers().isEmpty();
    }

    /// Only controllers may write status, so unlike the annotation it proves that a record was written.
    private static boolean wasPresented(ChallengeStatus status) {
        return status.presented() || status.presentedAt() != null;
    }

    private static ChallengeStep absent(Challenge challenge, Memory memory) {
        var written = WrittenRecord.of(challenge);
        if (written.isEmpty() || !Finalizers.holds(challenge) || memory.holds(Fact.MISPLACED)) {
            return new ChallengeStep.Locate();
        }
        return written.get().change().isPresent()
                ? new ChallengeStep.MarkPresented()
                : new ChallengeStep.Write(written.get());
    }

    private static ChallengeStep presented(Challenge challenge, Memory memory, Instant now) {
        if (memory.holds(Fact.ACCEPTED)) {
            return new ChallengeStep.AskResult();
        }
        if (memory.holds(Fact.VISIBLE)) {
            return new ChallengeStep.Accept();
        }
        var written = WrittenRecord.of(challenge);
        if (!memory.holds(Fact.IN_SYNC)
                && written.isPresent()
                && written.get().change().isPresent()) {
            return new ChallengeStep.Confirm(
                    written.get(), written.get().change().get());
        }
        var wait = challenge.getSpec().solver().waitInsteadOfSelfCheck();
        if (wait == null) {
            return memory.lookUntil().isAfter(now)
                    ? new ChallengeStep.Look(memory.lookUntil())
                    : new ChallengeStep.Accept();
        }
        var since = challenge.statusOrEmpty().presentedAt();
        if (since == null) {
            return new ChallengeStep.DatePresented(now);
        }
        var due = since.plus(GoDuration.parse(wait).orElse(Duration.ZERO));
        return due.isAfter(now) ? new ChallengeStep.Wait(due) : new ChallengeStep.Accept();
    }
}
