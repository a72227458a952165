package dev.acme53.request;

import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import dev.acme53.api.OrderWait;
import dev.acme53.api.State;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a CertificateRequest's Ready condition says about its Order. It ends in `name: reason` of the object that holds
/// things up, when one says a reason.
final class PendingText {
    private PendingText() {}

    /// While the Order is under way.
    static String of(Order order, List<Challenge> challenges) {
        var meta = order.getMetadata();
        return waiting(
                        meta.getNamespace() + "/" + meta.getName(),
                        order.statusOrEmpty().state())
                + challenges.stream()
                        .filter(PendingText::holdsUp)
                        .min(Comparator.comparing(PendingText::isUnderWay)
                                .thenComparing(c -> c.getMetadata().getName()))
                        .map(c -> "; " + c.getMetadata().getName() + ": "
                                + c.statusOrEmpty().reason())
                        .or(() -> ownReason(order))
                        .orElse("");
    }

    /// Of an Order that was just created.
    static String ofNew(Order order) {
        var meta = order.getMetadata();
        return waiting(meta.getNamespace() + "/" + meta.getName(), State.PENDING);
    }

    /// When the Order failed.
    static String ofFailed(Order order) {
        var status = order.statusOrEmpty();
        var state = status.state();
        return "Order " + order.getMetadata().getName() + " is " + (state == null ? "" : state.text())
                + (status.reason().isEmpty() ? "" : ": " + status.reason());
    }

    private static String waiting(String order, @Nullable State state) {
        return OrderWait.of(order, state == null ? State.PENDING : state);
    }

    private static boolean holdsUp(Challenge challenge) {
        var status = challenge.statusOrEmpty();
        return status.state() != State.VALID && !status.reason().isEmpty();
    }

    private static boolean isUnderWay(Challenge challenge) {
        var state = challenge.statusOrEmpty().state();
        return state == null || !state.isFailure();
    }

    private static Optional<String> ownReason(Order order) {
        var reason = order.statusOrEmpty().reason();
        return reason.isEmpty()
                ? Optional.empty()
                : Optional.of("; " + order.getMetadata().getName() + ": " + reason);
    }
}
