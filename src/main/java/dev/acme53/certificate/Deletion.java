package dev.acme53.certificate;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/// Deletes one very object and never its successor: names are used again here, and a cache may still show what was
/// deleted a moment ago.
final class Deletion {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private Deletion() {}

    /// One that is gone, or has made room for another of its name, counts as deleted.
    /// @throws KubernetesClientException for every other refusal or when the API server does not answer
    static void delete(
            KubernetesClient client, Class<? extends HasMetadata> kind, String namespace, String name, String uid) {
        var apiVersion = HasMetadata.getApiVersion(kind);
        var group = apiVersion.contains("/") ? "/apis/" : "/api/";
        var path = group + apiVersion + "/namespaces/" + namespace + "/" + HasMetadata.getPlural(kind) + "/" + name;
        var options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
        try {
            client.raw(path, "DELETE", options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }
}
