package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.api.State;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Who may have records written, and where: what each Challenge notes of itself, and whether its clean-up has begun.
///
/// That a record is wanted and that clean-up begins is put in order here, for each Challenge by its UID. Of the process
/// alone: with one that ends everything ends that it had under way.
final class Claims {
    private static final String PLACE = "place";

    private final Map<String, WritePermit> permits = new ConcurrentHashMap<>();
    private volatile Function<WrittenRecord, List<Challenge>> at = _ -> List.of();

    /// Has `cache` say which Challenges there are.
    void lookIn(IndexerResourceCache<Challenge> cache) {
        cache.addIndexer(PLACE, AnswerLimit::places);
        lookIn(record -> cache.byIndex(PLACE, AnswerLimit.place(record)));
    }

    /// @param at the Challenges that note to stand at a record's place
    void lookIn(Function<WrittenRecord, List<Challenge>> at) {
        this.at = at;
    }

    /// Whether too many others stand where `challenge` wants `record`.
    boolean isFullFor(Challenge challenge, WrittenRecord record) {
        return AnswerLimit.isFullFor(challenge, at.apply(record).stream());
    }

    /// Whether the very same record is another Challenge's too, since a CA gave two Orders one authorization: then
    /// it stays, and goes with that one. Of two that end together, each has said so here before it asks.
    ///
    /// Only controllers write `status.state`, so a Challenge that somebody made up keeps no record.
    boolean isHeldByAnother(Challenge challenge, WrittenRecord record) {
        return at.apply(record).stream()
                .filter(c -> !uid(c).equals(uid(challenge)))
                .filter(c -> c.getSpec().key().equals(challenge.getSpec().key()))
                .anyMatch(this::isAlive);
    }

    private boolean isAlive(Challenge challenge) {
        var state = challenge.statusOrEmpty().state();
        var permit = permits.get(uid(challenge));
        return state != null
                && !State.isOver(state)
                && !challenge.isMarkedForDeletion()
                && (permit == null || !permit.isWithdrawn());
    }

    /// To be had when it is decided that the record is written, and not by the errand, which may come to it when the
    /// Challenge is cleaned up and forgotten.
    WritePermit permit(Challenge challenge) {
        return permits.compute(
                uid(challenge), (_, known) -> known == null || known.isWithdrawn() ? new WritePermit() : known);
    }

    /// Clean-up begins: nothing is wanted for `challenge` from here on.
    /// @return whether it may go on; if not, the answer to what is wanted still wakes the Challenge
    boolean withdraw(Challenge challenge) {
        return permits.computeIfAbsent(uid(challenge), _ -> new WritePermit()).withdraw();
    }

    /// Nothing is left to do for `challenge`, whose finalizer somebody else may have taken off.
    void rest(Challenge challenge) {
        Optional.ofNullable(permits.get(uid(challenge))).ifPresent(WritePermit::withdraw);
    }

    /// `challenge` is gone.
    void forget(Challenge challenge) {
        Optional.ofNullable(permits.remove(uid(challenge))).ifPresent(WritePermit::withdraw);
    }

    private static String uid(Challenge challenge) {
        return challenge.getMetadata().getUid();
    }
}
