package dev.acme53.reconcile;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Order;
import dev.acme53.api.OwnerReferences;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/// The objects that a Challenge or an Order comes from, read by their owner references. Each look blocks.
///
/// An owner reference is what somebody wrote: it counts only where an object of that kind, name and UID exists.
public record Ancestors(KubernetesClient client) {
    private static final String ACME_GROUP = "acme.cert-manager.io";

    /// The Order that controls `challenge`.
    public Optional<Order> order(Challenge challenge) {
        return controller(challenge, Order.class, ACME_GROUP, "Order");
    }

    /// What `challenge` is for in the end, enough of it to carry an event; empty for a request that no Certificate
    /// made.
    public Optional<Certificate> certificate(Challenge challenge) {
        return order(challenge).flatMap(this::certificate);
    }

    /// What `order` is for in the end, likewise.
    public Optional<Certificate> certificate(Order order) {
        return controller(order, CertificateRequest.class, IssuerRef.GROUP, "CertificateRequest")
                .flatMap(request -> reference(request, IssuerRef.GROUP, "Certificate")
                        .map(owner -> named(owner, request.getMetadata().getNamespace())));
    }

    private <R extends HasMetadata> Optional<R> controller(
            HasMetadata object, Class<R> type, String group, String kind) {
        return reference(object, group, kind)
                .map(owner -> client.resources(type)
                        .inNamespace(object.getMetadata().getNamespace())
                        .withName(owner.getName())
                        .get())
                .filter(found -> OwnerReferences.isControlledBy(object, found));
    }

    private static Optional<OwnerReference> reference(HasMetadata object, String group, String kind) {
        return OwnerReferences.controller(object)
                .filter(owner ->
                        owner.getKind().equals(kind) && owner.getApiVersion().startsWith(group + "/"));
    }

    private static Certificate named(OwnerReference owner, String namespace) {
        var certificate = new Certificate();
        certificate.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(owner.getName())
                .withUid(owner.getUid())
                .build());
        return certificate;
    }
}
