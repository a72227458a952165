package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/// Creates objects under a field manager of their own, which the client's `create` cannot name.
public final class Creation {
    private static final int CONFLICT = 409;

    private Creation() {}

    /// Creates `object`, of a kind that lives in namespaces.
    ///
    /// @return the object as it is stored; empty when there is one of its name already
    /// @throws KubernetesClientException for every other refusal or when the API server does not answer
    public static <R extends HasMetadata> Optional<R> create(KubernetesClient client, R object, String fieldManager) {
        var group = object.getApiVersion().contains("/") ? "/apis/" : "/api/";
        var path = group + object.getApiVersion() + "/namespaces/"
                + object.getMetadata().getNamespace() + "/" + object.getPlural() + "?fieldManager=" + fieldManager;
        try {
            var answer = client.raw(path, "POST", object);
            @SuppressWarnings("unchecked")
            var kind = (Class<R>) object.getClass();
            return Optional.of(client.getKubernetesSerialization().unmarshal(answer, kind));
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
