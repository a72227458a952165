package dev.acme53.route53;

import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;

/// One record in a lane: what is wanted of it by now, and who waits for that.
///
/// Guarded by its lane.
final class Entry {
    /// An UPSERT counts double (route53.md §4.1).
    private static final int UPSERT = 2;

    private static final int DELETE = 1;

    /// For who wants a record that somebody else did not want any more before it was written.
    private static final ChangeResult UNWANTED = overtaken("its removal was asked for before it was written");

    /// For who does not want a record any more that somebody else wanted before it was removed.
    private static final ChangeResult WANTED = overtaken("it was wanted once more before it was removed");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private record Waiter(boolean wantsItPresent, CompletableFuture<ChangeResult> answer) {}

    private Caller caller;
    private final ChallengeRecord record;
    private Presence presence;
    private Merged merged;
    private final List<Waiter> waiting = new ArrayList<>();
    private Instant busySince = Instant.MAX;

    Entry(Caller caller, WantedRecord wanted) {
        this.caller = caller;
        record = wanted.record();
        presence = wanted.presence();
        merged = wanted.merged();
    }

    Caller caller() {
        return caller;
    }

    ChallengeRecord record() {
        return record;
    }

    boolean isWantedPresent() {
        return presence == Presence.PRESENT;
    }

    Merged merged() {
        return merged;
    }

    void awaitedBy(CompletableFuture<ChangeResult> answer) {
        waiting.add(new Waiter(isWantedPresent(), answer));
    }

    /// Takes in what was wanted later: that counts.
    void supersededBy(Entry later) {
        caller = later.caller;
        presence = later.presence;
        merged = later.merged.compareTo(merged) > 0 ? later.merged : merged;
        waiting.addAll(later.waiting);
    }

    /// Whether Route 53 puts it off for so long that waiting `until` is too much.
    boolean isOutOfPatience(Instant now, Instant until) {
        busySince = busySince.isBefore(now) ? busySince : now;
        return !until.isBefore(busySince.plus(PATIENCE));
    }

    /// What it takes of a batch's limits, in half UPSERTs.
    int cost() {
        return isWantedPresent() ? UPSERT : DELETE;
    }

    Change change() {
        return Change.builder()
                .action(isWantedPresent() ? ChangeAction.UPSERT : ChangeAction.DELETE)
                .resourceRecordSet(record.recordSet())
                .build();
    }

    /// Who was overtaken by somebody who wants the opposite is not told what that came to: nothing became of its wish.
    void complete(ChangeResult result) {
        var toOthers = isWantedPresent() ? WANTED : UNWANTED;
        for (var waiter : waiting) {
            waiter.answer.complete(waiter.wantsItPresent == isWantedPresent() ? result : toOthers);
        }
    }

    private static ChangeResult overtaken(String how) {
        return new ChangeResult.Failed(new Route53Failure.Transient(Route53Failures.Operation.CHANGE.saying(how)));
    }
}
