package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;

/// Informer stores that keep no `managedFields`: with 5,000 objects they are half of what the cache would hold
/// (ADR 0001). What a reconcile gets is the slim object, so nothing of it may be written back whole.
public final class SlimStore {
    /// How many objects an informer lists at a time. A page costs many times what is kept of it while it is read, and
    /// with 5,000 Certificates unpaged lists of their Secrets and requests ran a heap of 80 MB out of memory.
    public static final long PAGE = 200;

    private SlimStore() {}

    /// A store for any kind.
    public static <R extends HasMetadata> ItemStore<R> withoutManagedFields() {
        return new TransformingItemStore<>(object -> {
            object.getMetadata().setManagedFields(null);
            return object;
        });
    }
}
