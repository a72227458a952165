package dev.acme53.api;

import dev.acme53.names.SubdomainName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Optional;

/// Who made an object and takes it along when deleted: always one full controller reference, matched by UID
/// (behaviour.md §0.1).
public final class OwnerReferences {
    private OwnerReferences() {}

    /// The reference by which `owner` controls what carries it.
    public static OwnerReference controlledBy(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /// The object's controller, if it has one. Of a name that no object can have is none.
    public static Optional<OwnerReference> controller(HasMetadata object) {
        return asWritten(object).filter(o -> SubdomainName.isOne(o.getName()));
    }

    /// Whether `owner`, this very object and not another of its name, controls `object`.
    public static boolean isControlledBy(HasMetadata object, HasMetadata owner) {
        var uid = owner.getMetadata().getUid();
        return uid != null
                && asWritten(object)
                        .filter(o -> uid.equals(o.getUid()))
                        .filter(o -> SubdomainName.isOne(o.getName()))
                        .isPresent();
    }

    /// Its name may be of any form. Looking at the form costs more than comparing UIDs.
    private static Optional<OwnerReference> asWritten(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(o -> Boolean.TRUE.equals(o.getController()))
                .findFirst();
    }
}
