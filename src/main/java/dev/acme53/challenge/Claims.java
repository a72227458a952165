package dev.acme53.challenge;

import dev.acme53.api.Challenge;
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
        at = record -> cache.byIndex(PLACE, AnswerLimit.place(record));
    }

    /// Whether too many others stand where `challenge` wants `record`.
    boolean isFullFor(Challenge challenge, WrittenRecord record) {
        return AnswerLimit.isFullFor(challenge, at.apply(record).stream());
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
