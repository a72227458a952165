package dev.acme53.request;

import dev.acme53.api.CertificateRequest;
import dev.acme53.api.EventReasons;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.Order;
import dev.acme53.api.OwnerReferences;
import dev.acme53.reconcile.Creation;
import dev.acme53.reconcile.Retries;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StatusWriter;
import dev.acme53.reconcile.WatchedKind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Does what was decided for a CertificateRequest (behaviour.md §2.2, §2.3).
final class RequestActs {
    /// Until the cache has what was found to be there.
    private static final Duration SOON = Duration.ofMillis(100);

    private final KubernetesClient client;
    private final InstantSource clock;
    private final StatusWriter status;
    private final RequestReport report;
    private final WatchedKind<Order> orders;
    private final Retries refusals;
    private final Retries remakes;
    private final Map<ResourceID, Instant> noRemakeBefore = new ConcurrentHashMap<>();

    RequestActs(StageContext context) {
        this.client = context.client();
        this.clock = context.clock();
        this.status = context.status();
        this.report = new RequestReport(context);
        this.orders = context.kinds().orders;
        this.refusals = new Retries(Duration.ofSeconds(5), Duration.ofMinutes(5), context.random());
        this.remakes = new Retries(Duration.ofSeconds(10), Duration.ofMinutes(30), context.random());
    }

    /// The request with `Approved=True`; empty when it is gone. When an Order is made next, the same write says that it
    /// is waited for.
    /// @param next decides on what follows the approval; empty where nothing is signed
    Optional<CertificateRequest> approve(
            CertificateRequest request, Optional<Function<CertificateRequest, RequestStep>> next) {
        var pending = next.map(decide -> decide.apply(report.approved(request)))
                .flatMap(step -> step instanceof RequestStep.CreateOrder(var order)
                        ? Optional.of(PendingText.ofNew(order))
                        : Optional.empty());
        return report.approve(request, pending);
    }

    /// Does `step`, and says when to look again without an event.
    Optional<Duration> act(RequestStep step, CertificateRequest request) {
        return switch (step) {
            case RequestStep.Rest(), RequestStep.AwaitDeletion() -> Optional.empty();
            case RequestStep.Deny() -> report.deny(request);
            case RequestStep.AwaitApproval() -> report.awaitApproval(request);
            case RequestStep.NotServed(var type) -> report.notServed(request, type);
            case RequestStep.Pend(var reason, var message) -> report.pend(request, reason, message);
            case RequestStep.Fail(var reason, var message) -> report.fail(request, reason, message);
            case RequestStep.CreateOrder(var order) -> create(request, order);
            case RequestStep.Collect(var order) -> collect(request, order);
        };
    }

    /// Drops what is remembered about a request that is gone.
    void forget(CertificateRequest request) {
        var id = ResourceID.fromResource(request);
        refusals.reset(id);
        remakes.reset(id);
        noRemakeBefore.remove(id);
        report.forget(request);
    }

    private Optional<Duration> create(CertificateRequest request, Order wanted) {
        var id = ResourceID.fromResource(request);
        try {
            var created = Creation.create(client, wanted, FieldManagers.REQUEST_ACME);
            if (created.isEmpty()) {
                return adopt(request, wanted);
            }
            orders.created(created.get());
            refusals.reset(id);
            report.pend(request, EventReasons.Request.ORDER_CREATED, PendingText.ofNew(wanted));
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 0) {
                throw e;
            }
            report.pend(request, EventReasons.Request.ORDER_CREATING_ERROR, "The Order cannot be created: " + why(e));
            return Optional.of(refusals.next(id));
        }
    }

    /// There is an Order of that name: the request's own, whose event is on the way, or somebody else's.
    private Optional<Duration> adopt(CertificateRequest request, Order wanted) {
        var found = Optional.ofNullable(client.resource(wanted).get());
        if (found.filter(order -> OwnerReferences.isControlledBy(order, request))
                .isPresent()) {
            orders.created(found.get());
            return Optional.of(SOON);
        }
        if (found.isPresent()) {
            report.nameTaken(request, wanted.getMetadata().getName());
        }
        return Optional.of(refusals.next(ResourceID.fromResource(request)));
    }

    /// Takes the certificate of the Order, which no cache has.
    private Optional<Duration> collect(CertificateRequest request, Order cached) {
        var order =
                status.takeWhole(cached).orElseGet(() -> client.resource(cached).get());
        if (order == null || order.statusOrEmpty().certificate().isEmpty()) {
            orders.gone(cached);
            return Optional.of(SOON);
        }
        var chain = order.statusOrEmpty().certificate();
        return switch (Verdict.of(request.getSpec().request(), chain)) {
            case Verdict.Good() -> report.issued(request, chain);
            case Verdict.Useless(var why) -> remake(request, order, why);
        };
    }

    /// Deletes the Order, whose deletion wakes the request; a CA that errs each time is asked ever less often.
    private Optional<Duration> remake(CertificateRequest request, Order order, String why) {
        var id = ResourceID.fromResource(request);
        var now = clock.instant();
        var earliest = noRemakeBefore.getOrDefault(id, now);
        if (earliest.isAfter(now)) {
            return Optional.of(Duration.between(now, earliest));
        }
        noRemakeBefore.put(id, now.plus(remakes.next(id)));
        report.pend(
                request,
                EventReasons.Request.ORDER_PENDING,
                "Order " + order.getMetadata().getName() + " is made anew: " + why);
        client.resource(order).delete();
        return Optional.empty();
    }

    private static String why(KubernetesClientException e) {
        var status = e.getStatus();
        return status == null || status.getMessage() == null ? "HTTP " + e.getCode() : status.getMessage();
    }
}
