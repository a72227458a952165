package dev.acme53.challenge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// How long a deleted Challenge is kept while its record cannot be removed (ADR 13).
///
/// @param whereTerminating in a namespace that is being deleted (`--cleanup-grace`): nobody can put back what is
/// missing there
record CleanUpGrace(Duration whereTerminating) {
    private static final Duration WHERE_ALIVE = Duration.ofHours(24);

    /// @param deleted the Challenge's deletionTimestamp
    boolean isOver(Instant deleted, Instant now, boolean terminating) {
        return !now.isBefore(deleted.plus(terminating ? whereTerminating : whereAlive()));
    }

    /// Whether it is over in a namespace of either kind, so that it is worth asking which kind it is.
    boolean mayBeOver(Instant deleted, Instant now) {
        return isOver(deleted, now, true) || isOver(deleted, now, false);
    }

    /// When it may be over next.
    Optional<Instant> nextEnd(Instant deleted, Instant now) {
        return Stream.of(whereTerminating, whereAlive())
                .map(deleted::plus)
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    private Duration whereAlive() {
        return whereTerminating.compareTo(WHERE_ALIVE) > 0 ? whereTerminating : WHERE_ALIVE;
    }
}
