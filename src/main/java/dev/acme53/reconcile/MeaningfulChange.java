package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/// Which updates of an object start a reconcile: all but those that leave generation, annotations, labels,
/// finalizers, deletion timestamp and status as they were (managedFields alone, say).
///
/// Status counts because cmctl, approvers and the peer speak to us through it, so JOSDK's generation-aware
/// filter is off.
public final class MeaningfulChange {
    private MeaningfulChange() {}

    /// The filter for custom resources.
    public static <R extends CustomResource<?, ?>> OnUpdateFilter<R> ofCustomResource() {
        return (now, before) -> metadataDiffers(now, before) || !Objects.equals(now.getStatus(), before.getStatus());
    }

    private static boolean metadataDiffers(HasMetadata now, HasMetadata before) {
        var a = now.getMetadata();
        var b = before.getMetadata();
        return !(Objects.equals(a.getUid(), b.getUid())
                && Objects.equals(a.getGeneration(), b.getGeneration())
                && Objects.equals(a.getAnnotations(), b.getAnnotations())
                && Objects.equals(a.getLabels(), b.getLabels())
                && Objects.equals(a.getFinalizers(), b.getFinalizers())
                && Objects.equals(a.getDeletionTimestamp(), b.getDeletionTimestamp()));
    }
}
