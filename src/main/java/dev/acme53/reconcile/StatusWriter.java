package dev.acme53.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes status as one PUT of the status subresource, with resourceVersion, and only when it differs.
///
/// Not server-side apply: that cannot remove what another manager wrote (cmctl's `Issuing=True`, the peer's
/// fields). Not JOSDK's own patch: its temporary cache keeps untrimmed copies (ADR 0001). The body has no
/// spec: the API server takes only the status from it.
public final class StatusWriter {
    private static final int TRIES = 5;

    private final KubernetesClient client;
    private final StatusObserver observer;
    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final JustStored certificates = new JustStored();

    public StatusWriter(KubernetesClient client) {
        this(client, (_, _) -> {});
    }

    /// The same, with somebody who is told of each status that was stored.
    public StatusWriter(KubernetesClient client, StatusObserver observer) {
        this.client = client;
        this.observer = observer;
    }

    /// Makes the status of `object` what `status` computes from it, as `fieldManager`.
    ///
    /// When somebody else wrote in between (409), the object is read again and `status` computed from what is
    /// there now. Nothing is sent when the computed status equals the object's.
    ///
    /// @param status must be a pure function of the object it is given
    /// @return the object as it is stored now; empty when it is gone or was replaced by another of its name
    /// @throws KubernetesClientException for every other refusal or when the API server does not answer
    public <S, R extends CustomResource<?, S>> Optional<R> update(
            R object, String fieldManager, Function<R, S> status) {
        var current = object;
        for (var tried = 1; ; tried++) {
            var wanted = status.apply(current);
            if (wanted.equals(current.getStatus())) {
                return Optional.of(current);
            }
            try {
                return Optional.of(put(current, fieldManager, wanted));
            } catch (KubernetesClientException e) {
                if (e.getCode() == 404) {
                    return Optional.empty();
                }
                if (e.getCode() != 409 || tried == TRIES) {
                    throw e;
                }
            }
            var fresh = client.resource(current).get();
            if (fresh == null || !uid(fresh).equals(uid(current))) {
                return Optional.empty();
            }
            current = fresh;
        }
    }

    /// Whether an informer's copy is older than what this writer last stored: its event is still on the way, so
    /// there is nothing to decide yet.
    public boolean isStale(HasMetadata cached) {
        var stored = versions.get(uid(cached));
        return stored != null && version(cached) < stored;
    }

    /// The whole of what the caches keep without its certificate, if this writer stored that very version and nobody
    /// has taken it yet.
    public <R extends CustomResource<?, ?>> Optional<R> takeWhole(R cached) {
        return certificates.take(cached);
    }

    /// Notes what another of our writes stored, so that [#isStale] knows of it too.
    public void stored(HasMetadata object) {
        versions.put(uid(object), version(object));
    }

    /// Drops what is remembered about an object that is gone.
    public void forget(HasMetadata object) {
        versions.remove(uid(object));
        certificates.forget(uid(object));
    }

    private <S, R extends CustomResource<?, S>> R put(R object, String fieldManager, S status) {
        var meta = object.getMetadata();
        var body = new Body(
                object.getApiVersion(),
                object.getKind(),
                new Identity(meta.getName(), meta.getNamespace(), meta.getUid(), meta.getResourceVersion()),
                status);
        var answer = client.raw(path(object) + "/status?fieldManager=" + fieldManager, "PUT", body);
        @SuppressWarnings("unchecked")
        var kind = (Class<R>) object.getClass();
        var stored = client.getKubernetesSerialization().unmarshal(answer, kind);
        stored(stored);
        certificates.add(stored);
        observer.stored(object, stored);
        return stored;
    }

    private static String path(CustomResource<?, ?> object) {
        var namespace = object.getMetadata().getNamespace();
        return "/apis/" + object.getApiVersion() + (namespace == null ? "" : "/namespaces/" + namespace) + "/"
                + object.getPlural() + "/" + object.getMetadata().getName();
    }

    private static String uid(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getUid(), "");
    }

    /// Versions of one kind are comparable numbers since Kubernetes says so (KEP-5504); they always were
    /// with etcd.
    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    /// The slim object that is sent.
    record Body(String apiVersion, String kind, Identity metadata, Object status) {}

    /// Which object, and which version of it the status was computed from.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Identity(String name, @Nullable String namespace, String uid, String resourceVersion) {}
}
