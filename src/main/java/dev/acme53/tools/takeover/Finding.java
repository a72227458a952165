package dev.acme53.tools.takeover;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/// One thing that is to be known of one object.
///
/// @param namespace empty for an object of the cluster
/// @param why what happens to it; empty where there is nothing to say
/// @param change what to do about it; empty where there is nothing to do
record Finding(Verdict verdict, String kind, String namespace, String name, String why, String change) {
    /// What a switch means for an object.
    enum Verdict {
        /// It goes on as it is.
        SERVED("served"),
        /// It stays as it is, and nobody works on it.
        LEFT_ALONE("left alone"),
        /// Something has to be done before.
        TO_DO("to do");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static Finding of(Verdict verdict, HasMetadata object, String why, String change) {
        return new Finding(
                verdict,
                object.getKind(),
                Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
                object.getMetadata().getName(),
                why,
                change);
    }

    static Finding served(HasMetadata object, String why) {
        return of(Verdict.SERVED, object, why, "");
    }

    static Finding leftAlone(HasMetadata object, String why, String change) {
        return of(Verdict.LEFT_ALONE, object, why, change);
    }

    static Finding toDo(HasMetadata object, String why, String change) {
        return of(Verdict.TO_DO, object, why, change);
    }

    static Finding toDo(String kind, String namespace, String name, String why, String change) {
        return new Finding(Verdict.TO_DO, kind, namespace, name, why, change);
    }

    boolean isServed() {
        return verdict == Verdict.SERVED;
    }

    /// `Kind namespace/name`.
    String object() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
