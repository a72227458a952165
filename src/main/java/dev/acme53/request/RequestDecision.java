package dev.acme53.request;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.EventReasons;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Order;
import dev.acme53.api.Reasons;
import dev.acme53.api.State;
import dev.acme53.request.RequestStep.AwaitApproval;
import dev.acme53.request.RequestStep.AwaitDeletion;
import dev.acme53.request.RequestStep.Collect;
import dev.acme53.request.RequestStep.CreateOrder;
import dev.acme53.request.RequestStep.Deny;
import dev.acme53.request.RequestStep.Fail;
import dev.acme53.request.RequestStep.NotServed;
import dev.acme53.request.RequestStep.Pend;
import dev.acme53.request.RequestStep.Rest;
import java.util.Comparator;
import java.util.Optional;

/// From the picture of a CertificateRequest to its next step. Total and pure.
final class RequestDecision {
    private RequestDecision() {}

    /// Whether the built-in approver approves (behaviour.md §2.1).
    static boolean isToApprove(CertificateRequest request) {
        var conditions = request.statusOrEmpty().conditions();
        return Conditions.find(conditions, ConditionTypes.APPROVED).isEmpty()
                && Conditions.find(conditions, ConditionTypes.DENIED).isEmpty()
                && !isTerminal(request);
    }

    /// The generic loop of behaviour.md §2.2, in its order.
    static RequestStep next(RequestPicture picture) {
        var request = picture.request();
        var conditions = picture.status().conditions();
        var ref = request.getSpec().issuerRef();
        if (!ref.isServedGroup()) {
            return new Rest();
        }
        if (Conditions.isTrue(conditions, ConditionTypes.DENIED)) {
            return new Deny();
        }
        if (Conditions.isTrue(conditions, ConditionTypes.INVALID_REQUEST)) {
            return new Rest();
        }
        if (!Conditions.isTrue(conditions, ConditionTypes.APPROVED)) {
            return isTerminal(request) ? new Rest() : new AwaitApproval();
        }
        return isTerminal(request) ? new Rest() : withIssuer(picture, ref);
    }

    private static RequestStep withIssuer(RequestPicture picture, IssuerRef ref) {
        var found = picture.issuer();
        if (found.isEmpty()) {
            return new Pend(EventReasons.Request.ISSUER_NOT_FOUND, missing(ref));
        }
        var issuer = found.get();
        var acme = issuer.getSpec().acme();
        if (acme == null) {
            var types = issuer.getSpec().otherTypes().keySet();
            return types.isEmpty()
                    ? new Pend(EventReasons.Request.ISSUER_TYPE_MISSING, named(ref) + " has no type: give it spec.acme")
                    : new NotServed(String.join(", ", types));
        }
        if (!issuer.hasReady()) {
            return new Pend(EventReasons.Request.ISSUER_NOT_READY, notReady(ref, issuer));
        }
        return picture.status().certificate().isEmpty() ? sign(picture, acme) : new Rest();
    }

    /// ACME signing (behaviour.md §2.3). An Order that the request has is taken, whatever its name.
    private static RequestStep sign(RequestPicture picture, AcmeIssuer acme) {
        return picture.orders().stream()
                .min(Comparator.comparing((Order o) -> isFailed(o))
                        .thenComparing(
                                o -> o.getMetadata().getCreationTimestamp(),
                                Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(o -> o.getMetadata().getName()))
                .map(order -> follow(order, picture))
                .orElseGet(() -> switch (WantedOrder.of(picture.request(), acme)) {
                    case WantedOrder.Buildable(var order) -> new CreateOrder(order);
                    case WantedOrder.Unbuildable(var reason, var message) -> new Fail(reason, message);
                });
    }

    private static RequestStep follow(Order order, RequestPicture picture) {
        if (order.isMarkedForDeletion()) {
            return new AwaitDeletion();
        }
        var status = order.statusOrEmpty();
        if (isFailed(order)) {
            return new Fail(EventReasons.Request.ORDER_FAILED, PendingText.ofFailed(order));
        }
        return status.state() == State.VALID && !status.certificate().isEmpty()
                ? new Collect(order)
                : new Pend(EventReasons.Request.ORDER_PENDING, PendingText.of(order, picture.challenges()));
    }

    private static boolean isFailed(Order order) {
        return Optional.ofNullable(order.statusOrEmpty().state())
                .filter(State::isFailure)
                .isPresent();
    }

    private static boolean isTerminal(CertificateRequest request) {
        var reason = Conditions.reason(request.statusOrEmpty().conditions(), ConditionTypes.READY);
        return reason.equals(Reasons.Request.FAILED) || reason.equals(Reasons.Request.ISSUED);
    }

    private static String missing(IssuerRef ref) {
        var kind = ref.kindOrDefault();
        return kind.equals(IssuerRef.ISSUER) || kind.equals(IssuerRef.CLUSTER_ISSUER)
                ? "Referenced " + named(ref) + " does not exist: create it, or change issuerRef"
                : "issuerRef.kind \"" + kind
                        + "\" is neither Issuer nor ClusterIssuer: change it, or set issuerRef.group";
    }

    /// The issuer's message is left to its own Ready condition: it would be copied to every request.
    private static String notReady(IssuerRef ref, AnyIssuer issuer) {
        var reason = Conditions.reason(issuer.statusOrEmpty().conditions(), ConditionTypes.READY);
        return "Referenced " + named(ref) + " is not ready" + (reason.isEmpty() ? "" : " (" + reason + ")")
                + ": its Ready condition says why";
    }

    private static String named(IssuerRef ref) {
        return ref.kindOrDefault() + " \"" + ref.name() + "\"";
    }
}
