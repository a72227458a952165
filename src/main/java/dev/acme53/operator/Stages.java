package dev.acme53.operator;

import dev.acme53.reconcile.StageRegistration;
import java.util.List;

/// The stages that `--controllers` asks for, each with its settings and the faces of the library rooms it stands on.
final class Stages {
    private Stages() {}

    /// The registrations, in no order that matters: stages meet only through the API's objects.
    static List<StageRegistration<?>> enabled() {
        return List.of();
    }
}
