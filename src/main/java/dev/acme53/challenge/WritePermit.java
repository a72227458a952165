package dev.acme53.challenge;

import java.util.HashSet;
import java.util.Set;

/// Leave to have a Challenge's record written: given when that is decided, and withdrawn when clean-up begins, since
/// what is asked of credentials, DNS and zones in between takes its time (ADR 13).
final class WritePermit {
    private final Set<WrittenRecord> underWay = new HashSet<>();
    private boolean isWithdrawn;

    /// Whether `record` may be wanted now; if so, [#answered] has to follow.
    synchronized boolean use(WrittenRecord record) {
        return !isWithdrawn && underWay.add(record);
    }

    /// Nothing comes of the wish for `record` any more. May be repeated.
    synchronized void answered(WrittenRecord record) {
        underWay.remove(record);
    }

    /// From here on nothing is wanted with it.
    /// @return whether everything that was wanted has its answer
    synchronized boolean withdraw() {
        isWithdrawn = true;
        return underWay.isEmpty();
    }

    synchronized boolean isWithdrawn() {
        return isWithdrawn;
    }
}
