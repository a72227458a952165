package dev.acme53.challenge;

import dev.acme53.api.Annotations;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.Finalizers;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A Challenge's writes to the API server. Each gives the object as it is stored then, or empty when it is gone.
final class ChallengeObjects {
    private final StageContext context;

    ChallengeObjects(StageContext context) {
        this.context = context;
    }

    Optional<Challenge> status(Challenge challenge, UnaryOperator<ChallengeStatus> change) {
        return context.status()
                .update(challenge, FieldManagers.CHALLENGES, current -> change.apply(current.statusOrEmpty()));
    }

    /// Puts our finalizer and `record` on the object in one server-side apply: from here on it cannot go before
    /// the record has. The UID keeps the apply from making a new object of an old one's name.
    Optional<Challenge> claim(Challenge challenge, WrittenRecord record) {
        var meta = challenge.getMetadata();
        var wanted = named(challenge);
        wanted.getMetadata().setFinalizers(List.of(Finalizers.CHALLENGE));
        wanted.getMetadata().setAnnotations(Map.of(Annotations.ROUTE53_CHANGE, record.text()));
        return written(() -> context.client()
                .genericKubernetesResources(challenge.getApiVersion(), challenge.getKind())
                .inNamespace(meta.getNamespace())
                .resource(wanted)
                .fieldManager(FieldManagers.CHALLENGES)
                .forceConflicts()
                .serverSideApply());
    }

    /// Takes our finalizers, the legacy one too, and our annotation off, whoever put them there. A plain patch
    /// bound to the object's version: an apply would leave what another manager owns.
    Optional<Challenge> release(Challenge challenge) {
        var meta = challenge.getMetadata();
        var others = meta.getFinalizers().stream()
                .filter(f -> !f.equals(Finalizers.CHALLENGE) && !f.equals(Finalizers.CHALLENGE_LEGACY))
                .toList();
        var annotations = new HashMap<String, Object>();
        annotations.put(Annotations.ROUTE53_CHANGE, null);
        var patch = Map.of(
                "metadata",
                Map.of(
                        "uid",
                        meta.getUid(),
                        "resourceVersion",
                        meta.getResourceVersion(),
                        "finalizers",
                        others,
                        "annotations",
                        annotations));
        return written(() -> context.client()
                .genericKubernetesResources(challenge.getApiVersion(), challenge.getKind())
                .inNamespace(meta.getNamespace())
                .resource(named(challenge)) // by name alone the client would read it first
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(FieldManagers.CHALLENGES)
                                .build(),
                        context.client().getKubernetesSerialization().asJson(patch)));
    }

    private static GenericKubernetesResource named(Challenge challenge) {
        var meta = challenge.getMetadata();
        var object = new GenericKubernetesResource();
        object.setApiVersion(challenge.getApiVersion());
        object.setKind(challenge.getKind());
        object.setMetadata(new ObjectMetaBuilder()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .build());
        return object;
    }

    private Optional<Challenge> written(Supplier<GenericKubernetesResource> write) {
        try {
            var stored = context.client().getKubernetesSerialization().convertValue(write.get(), Challenge.class);
            context.status().stored(stored);
            return Optional.of(stored);
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
