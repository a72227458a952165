package dev.acme53.it.stages;

import dev.acme53.servers.TestNamespace;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/// What was said about an object.
public final class Events {
    private Events() {}

    /// The events about the object of that uid, which may be gone.
    public static List<Event> about(String uid, KubernetesClient client, TestNamespace namespace) {
        return client.v1().events().inNamespace(namespace.name()).list().getItems().stream()
                .filter(e -> e.getInvolvedObject().getUid().equals(uid))
                .toList();
    }
}
