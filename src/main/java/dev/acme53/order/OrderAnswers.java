package dev.acme53.order;

import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.OrderView;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Order;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.State;
import dev.acme53.reconcile.Errands;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Writes down what came of a step, above all what the CA said (behaviour.md §3.2 to §3.6).
///
/// Other than there, a CA that has no time (429, 5xx) is asked again later instead of failing the Order; what is waited
/// for is in `status.reason` meanwhile.
final class OrderAnswers {
    /// A CA that takes longer has lost the order, or waits for a person.
    private static final Duration ISSUED_WITHIN = Duration.ofHours(1);

    private static final Duration SHOWN_AFTER = Duration.ofSeconds(5);

    private final Errands errands;
    private final CaVisits visits;
    private final OrderWrites writes;
    private final InstantSource clock;

    OrderAnswers(Errands errands, CaVisits visits, OrderWrites writes, InstantSource clock) {
        this.errands = errands;
        this.visits = visits;
        this.writes = writes;
        this.clock = clock;
    }

    /// Takes the answer to what `step` asked.
    Outcome received(OrderPicture picture, OrderStep step, String errand, CaAnswer answer) {
        var order = picture.order();
        return switch (answer) {
            case CaAnswer.Placed(var view, var stored) ->
                stored.map(o -> goOnWith(o, Map.of())).orElseGet(() -> storeAgain(order, view, errand, answer));
            case CaAnswer.Seen(var view, var retryAfter) -> seen(order, step, view, retryAfter);
            case CaAnswer.Authorized(var views, var keys) ->
                goOn(order, s -> OrderProgress.authorized(s, views), keys, Optional.empty());
            case CaAnswer.Keys(var keys) -> new Outcome.GoOn(order, keys);
            case CaAnswer.Issued(var chain) -> {
                var outcome = goOn(order, s -> OrderProgress.issued(s, chain), Optional.empty());
                if (outcome instanceof Outcome.GoOn) {
                    writes.announceCompletion(order);
                }
                yield outcome;
            }
            case CaAnswer.Refused(var failure) -> refused(order, failure);
            case CaAnswer.NoLogin(var reason, var issuer) -> noLogin(picture, reason, issuer);
        };
    }

    private Outcome seen(Order order, OrderStep step, OrderView view, Optional<Instant> retryAfter) {
        return switch (step) {
            case OrderStep.Judge(var failed) -> {
                var polled = visits.polled(id(order));
                yield goOn(order, s -> Judgement.of(s, view, failed, polled, clock.instant()), retryAfter);
            }
            case OrderStep.FinalizeOrder() -> awaitIssuance(order, view, retryAfter);
            case OrderStep _ -> goOn(order, s -> seen(s, view), retryAfter);
        };
    }

    /// Short-lived states are not written: a CA that is quick costs one write, not three.
    private Outcome awaitIssuance(Order order, OrderView view, Optional<Instant> retryAfter) {
        if (seen(order.statusOrEmpty(), view).state() == State.INVALID) {
            return goOn(order, s -> seen(s, view), retryAfter);
        }
        var polled = visits.polled(id(order));
        if (polled.compareTo(ISSUED_WITHIN) >= 0) {
            return giveUp(
                    order,
                    "the CA has not certified within an hour what was proven; it calls the order " + view.status());
        }
        if (polled.compareTo(SHOWN_AFTER) >= 0) {
            writes.write(order, s -> seen(s, view));
        }
        return Outcome.waitFor(visits.poll(id(order), retryAfter));
    }

    /// An issuer that changed while it was asked is asked again at once.
    private Outcome noLogin(OrderPicture picture, String reason, AnyIssuer asked) {
        var order = picture.order();
        var pause = visits.notLoggedIn(id(order), asked);
        if (visits.pause(id(order), picture.issuer().orElseThrow()).isEmpty()) {
            return new Outcome.GoOn(order, Map.of());
        }
        writes.write(order, s -> OrderProgress.waiting(s, reason));
        return Outcome.waitFor(pause);
    }

    private Outcome refused(Order order, AcmeFailure failure) {
        return switch (failure) {
            case AcmeFailure.Transient(var message, var retryAfter) -> askAgain(order, message, retryAfter);
            case AcmeFailure.RateLimited(var message, var retryAfter) -> askAgain(order, message, retryAfter);
            case AcmeFailure.ActionRequired(var message, var _) -> giveUp(order, message);
            case AcmeFailure.Problem(var _, var _, var message) -> giveUp(order, message);
            case AcmeFailure.NotSent(var message) -> giveUp(order, message);
        };
    }

    private Outcome askAgain(Order order, String message, Optional<Instant> retryAfter) {
        writes.write(order, s -> OrderProgress.waiting(s, "the CA is asked again later: " + message));
        return Outcome.waitFor(visits.failed(id(order), retryAfter));
    }

    /// The order exists at the CA and is not written down: its URL must not be lost while the API server is away.
    private Outcome storeAgain(Order order, OrderView view, String errand, CaAnswer answer) {
        try {
            return goOn(order, s -> placed(s, view), Optional.empty());
        } catch (KubernetesClientException e) {
            errands.giveBack(id(order), errand, answer);
            throw e;
        }
    }

    /// Ends the Order as `errored`.
    Outcome giveUp(Order order, String reason) {
        return goOn(order, s -> OrderProgress.errored(s, reason, clock.instant()), Optional.empty());
    }

    /// Waits for an event; `reason` is what users see meanwhile, empty when all goes its way.
    Outcome waitWith(Order order, String reason) {
        writes.write(order, s -> OrderProgress.waiting(s, reason));
        return Outcome.waitForEvent();
    }

    private Outcome goOn(Order order, UnaryOperator<OrderStatus> change, Optional<Instant> retryAfter) {
        return goOn(order, change, Map.of(), retryAfter);
    }

    /// Writes the change and goes on with what is stored then. When nothing changed the CA was asked too early.
    private Outcome goOn(
            Order order, UnaryOperator<OrderStatus> change, Map<String, String> keys, Optional<Instant> retryAfter) {
        return writes.write(order, change)
                .map(stored -> stored.statusOrEmpty().equals(order.statusOrEmpty())
                        ? Outcome.waitFor(visits.poll(id(order), retryAfter))
                        : goOnWith(stored, keys))
                .orElseGet(Outcome::waitForEvent);
    }

    private Outcome goOnWith(Order stored, Map<String, String> keys) {
        visits.reset(id(stored));
        return new Outcome.GoOn(stored, keys);
    }

    private OrderStatus placed(OrderStatus status, OrderView view) {
        return OrderProgress.placed(status, view, clock.instant());
    }

    private OrderStatus seen(OrderStatus status, OrderView view) {
        return OrderProgress.seen(status, view, List.of(), clock.instant());
    }

    private static ResourceID id(Order order) {
        return ResourceID.fromResource(order);
    }
}
