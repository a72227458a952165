package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the caches keep of metadata: not `managedFields`, which are half of what a cache would hold; and what is empty
/// once for all objects.
public final class SlimMetadata {
    private SlimMetadata() {}

    /// Makes `meta` small. It must not be written into any more.
    public static void slim(ObjectMeta meta) {
        meta.setManagedFields(null);
        meta.setAnnotations(small(meta.getAnnotations()));
        meta.setLabels(small(meta.getLabels()));
        meta.setFinalizers(small(meta.getFinalizers()));
        meta.setOwnerReferences(small(meta.getOwnerReferences()));
        if (meta.getAdditionalProperties().isEmpty()) {
            meta.setAdditionalProperties(Map.of());
        }
    }

    private static @Nullable Map<String, String> small(@Nullable Map<String, String> map) {
        return map == null || map.values().stream().anyMatch(Objects::isNull) ? map : Map.copyOf(map);
    }

    private static <T> @Nullable List<T> small(@Nullable List<T> list) {
        return list == null || list.isEmpty() ? List.of() : list;
    }
}
