package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What this process has said about an object, so that a warning is not repeated with each reconcile. After a restart
/// it may be said once more.
public final class SaidBefore {
    private final Map<String, Set<String>> byObject = new ConcurrentHashMap<>();

    /// Whether `text` is said about `object` for the first time; from then on it was.
    public boolean isNew(HasMetadata object, String text) {
        return byObject.computeIfAbsent(uid(object), _ -> ConcurrentHashMap.newKeySet())
                .add(text);
    }

    /// Whether `text` was said about `object`.
    public boolean holds(HasMetadata object, String text) {
        return byObject.getOrDefault(uid(object), Set.of()).contains(text);
    }

    /// Drops what is remembered about an object that is gone.
    public void forget(HasMetadata object) {
        byObject.remove(uid(object));
    }

    private static String uid(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getUid(), "");
    }
}
