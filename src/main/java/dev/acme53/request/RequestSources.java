package dev.acme53.request;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import dev.acme53.reconcile.ReferencedIssuers;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.WatchedKind;
import dev.acme53.reconcile.WatchedKinds;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a CertificateRequest depends on, from caches: its issuer, its Orders and, through them, its Challenges.
/// A change of any wakes it.
final class RequestSources {
    private final ReferencedIssuers<CertificateRequest> issuers;
    private final WatchedKinds kinds;
    private final List<EventSource<?, CertificateRequest>> all;

    RequestSources(EventSourceContext<CertificateRequest> josdk, StageContext stage) {
        kinds = stage.kinds();
        issuers = new ReferencedIssuers<>(
                josdk, kinds, request -> request.getSpec().issuerRef(), stage.onlyNamespace());
        var orders = kinds.orders.<CertificateRequest>followed(WatchedKind::controllerOf);
        orders.setOnUpdateFilter(RequestSources::concerns);
        var challenges = kinds.challenges.<CertificateRequest>followed(this::request);
        challenges.setOnAddFilter(RequestSources::saysWhy);
        challenges.setOnUpdateFilter(RequestSources::concerns);
        challenges.setOnDeleteFilter((challenge, _) -> saysWhy(challenge));
        all = new ArrayList<>(issuers.sources());
        all.add(orders);
        all.add(challenges);
    }

    List<EventSource<?, CertificateRequest>> all() {
        return all;
    }

    Optional<AnyIssuer> issuer(CertificateRequest request) {
        return issuers.find(request.getSpec().issuerRef(), request.getMetadata().getNamespace())
                .map(found -> found);
    }

    List<Order> orders(CertificateRequest request) {
        return kinds.orders.controlledBy(request);
    }

    List<Challenge> challenges(List<Order> orders) {
        return orders.stream()
                .flatMap(order -> kinds.challenges.controlledBy(order).stream())
                .toList();
    }

    /// The request of the Order of a Challenge.
    private Set<ResourceID> request(Challenge challenge) {
        return WatchedKind.controllerOf(challenge).stream()
                .flatMap(order -> kinds.orders.get(order).stream())
                .flatMap(order -> WatchedKind.controllerOf(order).stream())
                .collect(Collectors.toSet());
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
