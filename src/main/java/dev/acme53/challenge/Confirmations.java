package dev.acme53.challenge;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Challenges, by UID, that a change was asked for, and whether it was confirmed, or will not be, while they waited.
final class Confirmations {
    private final Map<String, Boolean> confirmed = new ConcurrentHashMap<>();

    /// To be run when the change of the Challenge is decided. Of one that is forgotten by then nothing is kept.
    /// @param wake brings the Challenge back
    Runnable of(String uid, Runnable wake) {
        confirmed.putIfAbsent(uid, false);
        return new Wake(this, uid, wake);
    }

    /// Equal for the same Challenge, so that asking again adds nobody who waits.
    private record Wake(Confirmations confirmations, String uid, Runnable wake) implements Runnable {
        @Override
        public void run() {
            confirmations.confirmed.replace(uid, true);
            wake.run();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Wake same && same.confirmations == confirmations && same.uid.equals(uid);
        }

        @Override
        public int hashCode() {
            return uid.hashCode();
        }
    }

    /// Whether there is one, which is used up by this.
    boolean take(String uid) {
        return confirmed.replace(uid, true, false);
    }

    /// The Challenge waits for nothing any more.
    void forget(String uid) {
        confirmed.remove(uid);
    }

    /// How many Challenges there is something to keep of.
    int size() {
        return confirmed.size();
    }
}
