package dev.acme53.api;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Finalizers of Challenges; no other kind has one (api.md §9.1).
public final class Finalizers {
    /// Set before a record is written, removed once it is gone.
    public static final String CHALLENGE = "acme.cert-manager.io/finalizer";

    /// Of old versions of the peer: never set, honoured when seen.
    public static final String CHALLENGE_LEGACY = "finalizer.acme.cert-manager.io";

    private Finalizers() {}

    /// Whether `object` waits for us before it goes.
    public static boolean holds(HasMetadata object) {
        var all = object.getMetadata().getFinalizers();
        return all.contains(CHALLENGE) || all.contains(CHALLENGE_LEGACY);
    }
}
