package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Told of each status that one of our stages has stored. Must not block.
@FunctionalInterface
public interface StatusObserver {
    /// A status was stored.
    /// @param before the object with the status that was replaced
    /// @param after the same object, as it is stored now
    void stored(HasMetadata before, HasMetadata after);
}
