package dev.acme53.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/// The objects that this instance has in its caches.
public interface Watched {
    /// Empty when the kind is not watched.
    <K extends HasMetadata> Optional<List<K>> all(Class<K> kind);
}
