package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Objects that this process has just stored, with the certificate that no cache keeps, until it is taken over.
///
/// A hint only: a process that lost it reads the object.
final class JustStored {
    /// More are not under way at a time; the oldest is read.
    static final int MOST = 256;

    private final Map<String, HasMetadata> byUid = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HasMetadata> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(HasMetadata object) {
        byUid.put(object.getMetadata().getUid(), object);
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
}
