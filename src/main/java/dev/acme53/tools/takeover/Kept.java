package dev.acme53.tools.takeover;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether `helm uninstall` leaves an object.
///
/// Helm goes by the manifest of its release, which is in a Secret, and not by the object. So `managedFields` are
/// asked: the annotation is the manifest's where whoever wrote the object's `spec` and the name of the release wrote
/// it too, which no `kubectl annotate` does. The manager's name says nothing, since programs with Helm inside have
/// their own. Helm 3, taking over what is as its manifest says, writes neither: then it is not kept for all we know.
final class Kept {
    private static final String POLICY = "helm.sh/resource-policy";
    private static final String RELEASE = "meta.helm.sh/release-name";

    private Kept() {}

    static boolean byItsRelease(HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        if (annotations == null || !"keep".equals(annotations.get(POLICY))) {
            return false;
        }
        var installers = object.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getManager() != null && entry.getFieldsV1() != null)
                .collect(Collectors.groupingBy(
                        ManagedFieldsEntry::getManager,
                        Collectors.mapping(Kept::written, Collectors.reducing(Written.NOTHING, Written::and))))
                .values()
                .stream()
                .filter(written -> written.release && written.spec)
                .toList();
        return !installers.isEmpty() && installers.stream().allMatch(Written::policy);
    }

    /// What one manager wrote, be it by applying or by updating: Helm 4 does the one, Helm 3 the other.
    private record Written(boolean policy, boolean release, boolean spec) {
        private static final Written NOTHING = new Written(false, false, false);

        private Written and(Written other) {
            return new Written(policy || other.policy, release || other.release, spec || other.spec);
        }
    }

    private static Written written(ManagedFieldsEntry entry) {
        var fields = entry.getFieldsV1().getAdditionalProperties();
        var annotations = in(in(fields.get("f:metadata")).get("f:annotations"));
        return new Written(
                annotations.containsKey("f:" + POLICY),
                annotations.containsKey("f:" + RELEASE),
                fields.containsKey("f:spec"));
    }

    private static Map<?, ?> in(@Nullable Object fields) {
        return fields instanceof Map<?, ?> map ? map : Map.of();
    }
}
