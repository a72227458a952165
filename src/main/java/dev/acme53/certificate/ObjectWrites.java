package dev.acme53.certificate;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/// Creates and deletes objects of one kind in namespaces, each write under a field manager of its own, which the
/// client's own calls cannot name.
final class ObjectWrites<R extends HasMetadata> {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final Class<R> kind;
    private final String root;
    private final String plural;

    ObjectWrites(KubernetesClient client, Class<R> kind) {
        this.client = client;
        this.kind = kind;
        var apiVersion = HasMetadata.getApiVersion(kind);
        this.root = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion + "/namespaces/";
        this.plural = HasMetadata.getPlural(kind);
    }

    /// The object as it is stored; empty when there is one of its name already.
    /// @throws KubernetesClientException for every other refusal or when the API server does not answer
    Optional<R> create(R object, String fieldManager) {
        try {
            var answer = client.raw(
                    root + object.getMetadata().getNamespace() + "/" + plural + "?fieldManager=" + fieldManager,
                    "POST",
                    object);
            return Optional.of(client.getKubernetesSerialization().unmarshal(answer, kind));
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Deletes this very object. One that is gone, or has made room for another of its name, counts as deleted.
    void delete(String namespace, String name, String uid) {
        var options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
        try {
            client.raw(root + namespace + "/" + plural + "/" + name, "DELETE", options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }
}
