package dev.acme53.request;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import dev.acme53.api.OwnerReferences;
import dev.acme53.reconcile.ReferencedIssuers;
import dev.acme53.reconcile.SlimStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a CertificateRequest depends on, from caches: its issuer, its Orders and, through them, its Challenges.
/// A change of any wakes it.
final class RequestSources {
    private static final String OWNER = "owner";

    private final ReferencedIssuers<CertificateRequest> issuers;
    private final InformerEventSource<Order, CertificateRequest> orders;
    private final InformerEventSource<Challenge, CertificateRequest> challenges;

    RequestSources(EventSourceContext<CertificateRequest> context, Optional<String> onlyNamespace) {
        issuers = new ReferencedIssuers<>(context, request -> request.getSpec().issuerRef(), onlyNamespace);
        orders = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Order.class, CertificateRequest.class)
                        .withName("orders")
                        .withInformerListLimit(SlimStore.PAGE)
                        .withSecondaryToPrimaryMapper(RequestSources::owner)
                        .withPrimaryToSecondaryMapper((CertificateRequest _) -> Set.of())
                        .withOnUpdateFilter(RequestSources::concerns)
                        .withItemStore(SlimCaches.orders())
                        .build(),
                context);
        orders.addIndexer(OWNER, RequestSources::ownerKey);
        challenges = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Challenge.class, CertificateRequest.class)
                        .withName("challenges")
                        .withInformerListLimit(SlimStore.PAGE)
                        .withSecondaryToPrimaryMapper(this::request)
                        .withPrimaryToSecondaryMapper((CertificateRequest _) -> Set.of())
                        .withOnAddFilter(RequestSources::saysWhy)
                        .withOnUpdateFilter(RequestSources::concerns)
                        .withOnDeleteFilter((challenge, _) -> saysWhy(challenge))
                        .withItemStore(SlimCaches.challenges())
                        .build(),
                context);
        challenges.addIndexer(OWNER, RequestSources::ownerKey);
    }

    List<EventSource<?, CertificateRequest>> all() {
        var all = new ArrayList<EventSource<?, CertificateRequest>>(issuers.sources());
        all.add(orders);
        all.add(challenges);
        return all;
    }

    Optional<AnyIssuer> issuer(CertificateRequest request) {
        return issuers.find(request.getSpec().issuerRef(), request.getMetadata().getNamespace())
                .map(found -> found);
    }

    List<Order> orders(CertificateRequest request) {
        return controlled(orders, request);
    }

    List<Challenge> challenges(List<Order> orders) {
        return orders.stream()
                .flatMap(order -> controlled(challenges, order).stream())
                .toList();
    }

    private static <R extends HasMetadata> List<R> controlled(
            InformerEventSource<R, CertificateRequest> source, HasMetadata owner) {
        var meta = owner.getMetadata();
        return source.byIndex(OWNER, meta.getNamespace() + "/" + meta.getName()).stream()
                .filter(object -> OwnerReferences.isControlledBy(object, owner))
                .toList();
    }

    private static List<String> ownerKey(HasMetadata object) {
        return OwnerReferences.controller(object)
                .map(owner -> object.getMetadata().getNamespace() + "/" + owner.getName())
                .stream()
                .toList();
    }

    private static Set<ResourceID> owner(HasMetadata object) {
        return OwnerReferences.controller(object)
                .map(owner ->
                        new ResourceID(owner.getName(), object.getMetadata().getNamespace()))
                .stream()
                .collect(Collectors.toSet());
    }

    /// The request of the Order of a Challenge.
    private Set<ResourceID> request(Challenge challenge) {
        return OwnerReferences.controller(challenge)
                .map(OwnerReference::getName)
                .flatMap(order ->
                        orders.get(new ResourceID(order, challenge.getMetadata().getNamespace())))
                .map(RequestSources::owner)
                .orElseGet(Set::of);
    }

    private static boolean concerns(Order now, Order before) {
        var a = now.statusOrEmpty();
        var b = before.statusOrEmpty();
        return a.state() != b.state()
                || !a.reason().equals(b.reason())
                || a.certificate().isEmpty() != b.certificate().isEmpty()
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp());
    }

    private static boolean concerns(Challenge now, Challenge before) {
        var a = now.statusOrEmpty();
        var b = before.statusOrEmpty();
        return !a.reason().equals(b.reason()) || (a.state() != b.state() && saysWhy(now));
    }

    private static boolean saysWhy(Challenge challenge) {
        return !challenge.statusOrEmpty().reason().isEmpty();
    }
}
