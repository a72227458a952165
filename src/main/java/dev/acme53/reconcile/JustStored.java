package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Objects that this process has just stored, with the certificate that no cache keeps, until it is taken over: a few
/// megabytes at most.
///
/// A hint only: what is not here is read.
final class JustStored {
    /// When more are under way, the oldest is dropped.
    static final int MOST = 64;

    /// The octets of a longer certificate than this are not kept. A chain of three with RSA keys has six thousand.
    static final int LONGEST = 32 * 1024;

    private final Map<String, HasMetadata> byUid = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HasMetadata> eldest) {
            return size() > MOST;
        }
    };

    /// Keeps `object` in place of what was stored of it before, if it has a certificate that is not too long.
    synchronized void add(HasMetadata object) {
        var uid = object.getMetadata().getUid();
        byUid.remove(uid);
        var length = SlimObjects.certificate(object).length();
        if (length > 0 && length <= LONGEST) {
            byUid.put(uid, object);
        }
    }

    /// The object that `cached` is part of, once; empty when another version of it is stored by now, as far as the
    /// cache knows.
    synchronized <K extends HasMetadata> Optional<K> take(K cached) {
        var stored = byUid.remove(cached.getMetadata().getUid());
        if (stored == null
                || !stored.getMetadata()
                        .getResourceVersion()
                        .equals(cached.getMetadata().getResourceVersion())) {
            return Optional.empty();
        }
        @SuppressWarnings("unchecked")
        var same = (K) stored;
        return Optional.of(same);
    }

    synchronized void forget(String uid) {
        byUid.remove(uid);
    }
}
