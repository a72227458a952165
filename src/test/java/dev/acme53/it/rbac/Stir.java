package dev.acme53.it.rbac;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Somebody who changes an annotation of every object again and again, so that whoever writes from what it has read a
/// moment ago is outrun.
final class Stir implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> spoons;

    /// @param namespace of objects in one; those of the cluster are stirred too
    Stir(KubernetesClient client, String namespace, List<Class<? extends HasMetadata>> kinds) {
        spoons = kinds.stream()
                .map(kind -> Thread.ofVirtual().start(() -> stir(client, namespace, kind)))
                .toList();
    }

    private <R extends HasMetadata> void stir(KubernetesClient client, String namespace, Class<R> kind) {
        for (var turn = 0; !over.get(); turn++) {
            for (var object : client.resources(kind).inAnyNamespace().list().getItems()) {
                var own = object.getMetadata().getNamespace();
                if (own == null || own.equals(namespace)) {
                    touch(client, object, turn);
                }
            }
        }
    }

    private static void touch(KubernetesClient client, HasMetadata object, int turn) {
        try {
            client.resource(object)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\": {\"annotations\": {\"test/stirred\": \"" + turn + "\"}}}");
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        over.set(true);
        for (var spoon : spoons) {
            spoon.join();
        }
    }
}
