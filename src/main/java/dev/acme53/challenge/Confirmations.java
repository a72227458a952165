package dev.acme53.challenge;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Challenges, by UID, whose change was confirmed, or will not be, while they waited for it.
final class Confirmations {
    private final Set<String> uids = ConcurrentHashMap.newKeySet();

    /// To be run when the change of the Challenge is decided.
    /// @param wake brings the Challenge back
    Runnable of(String uid, Runnable wake) {
        return new Wake(this, uid, wake);
    }

    /// Equal for the same Challenge, so that asking again adds nobody who waits.
    private record Wake(Confirmations confirmations, String uid, Runnable wake) implements Runnable {
        @Override
        public void run() {
            confirmations.uids.add(uid);
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
        return uids.remove(uid);
    }
}
