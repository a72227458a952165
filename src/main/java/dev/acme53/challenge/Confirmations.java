package dev.acme53.challenge;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Challenges, by UID, whose change was confirmed, or will not be, while they waited for it.
final class Confirmations {
    private final Set<String> uids = ConcurrentHashMap.newKeySet();

    /// To be run when the change of the Challenge is decided.
    /// @param wake brings the Challenge back
    Runnable of(String uid, Runnable wake) {
        return () -> {
            uids.add(uid);
            wake.run();
        };
    }

    /// Whether there is one, which is used up by this.
    boolean take(String uid) {
        return uids.remove(uid);
    }
}
