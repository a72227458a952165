package dev.acme53.it.stages;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.function.UnaryOperator;

/// Edits of objects that a controller may be writing at the same moment, as `kubectl edit` tells people to try again.
public final class Edits {
    private static final int TRIES = 20;

    private Edits() {}

    /// Reads, changes and writes, again when somebody wrote in between.
    public static <T extends HasMetadata> void edit(KubernetesClient client, T object, UnaryOperator<T> change) {
        for (var tries = 1; ; tries++) {
            try {
                client.resource(client.resource(object).get()).edit(change);
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
