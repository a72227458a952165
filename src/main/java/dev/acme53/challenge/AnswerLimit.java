package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.api.Finalizers;
import dev.acme53.api.State;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Route 53 answers with eight of the values that stand at a name, at random when there are more (route53.md R42): the
/// CA may then not see the one it looks for. So of the Challenges of one name eight have their record written at a
/// time, and the others wait until one of them is done. Values of others are not counted.
final class AnswerLimit {
    static final int MOST = 8;

    static final String REASON =
            "Waiting for other Challenges of the same name: Route 53 shows " + MOST + " values of a name at most";

    private static final Comparator<Challenge> AGE = Comparator.<Challenge, String>comparing(c ->
                    Optional.ofNullable(c.getMetadata().getCreationTimestamp()).orElse(""))
            .thenComparing(c -> c.getMetadata().getUid());

    private AnswerLimit() {}

    /// Where the record of `challenge` is or is about to be, for an index; nowhere without finalizer or note.
    static List<String> places(Challenge challenge) {
        return challenge.getSpec().isServed() && Finalizers.holds(challenge)
                ? WrittenRecord.of(challenge).map(AnswerLimit::place).stream().toList()
                : List.of();
    }

    static String place(WrittenRecord record) {
        return record.zoneId() + "/" + record.name();
    }

    /// Whether `challenge` waits: those that are written come first, then the oldest.
    /// @param claimants of the same place, itself among them or not
    static boolean isFullFor(Challenge challenge, Stream<Challenge> claimants) {
        return claimants
                        .filter(c -> !c.getMetadata()
                                .getUid()
                                .equals(challenge.getMetadata().getUid()))
                        .filter(c -> c.statusOrEmpty().presented() || (isComing(c) && AGE.compare(c, challenge) < 0))
                        .limit(MOST)
                        .count()
                >= MOST;
    }

    /// Of what controllers alone may write: vouched for, and nothing is in its way. One that fails keeps nobody
    /// waiting.
    private static boolean isComing(Challenge challenge) {
        var status = challenge.statusOrEmpty();
        return status.processing()
                && status.state() == State.PENDING
                && (status.reason().isEmpty() || status.reason().equals(REASON))
                && !challenge.isMarkedForDeletion();
    }
}
