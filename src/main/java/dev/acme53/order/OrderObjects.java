package dev.acme53.order;

import dev.acme53.api.Challenge;
import dev.acme53.api.EventReasons;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.Order;
import dev.acme53.api.OrderStatus;
import dev.acme53.reconcile.Ancestors;
import dev.acme53.reconcile.Creation;
import dev.acme53.reconcile.SaidBefore;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What this stage writes to the API server: an Order's status, its Challenges, and events.
final class OrderObjects implements OrderWrites {
    private final StageContext context;
    private final SaidBefore said = new SaidBefore();

    OrderObjects(StageContext context) {
        this.context = context;
    }

    @Override
    public Optional<Order> write(Order order, UnaryOperator<OrderStatus> change) {
        return context.status().update(order, FieldManagers.ORDERS, o -> change.apply(o.statusOrEmpty()));
    }

    /// Creates the Challenges; one that is there already is left as it is.
    /// @param keys by token
    void create(Order order, List<RequiredChallenge> missing, Map<String, String> keys) {
        for (var required : missing) {
            var challenge = required.withKey(keys.getOrDefault(required.spec().token(), ""), order);
            var created = Creation.create(context.client(), challenge, FieldManagers.ORDERS);
            if (created.isPresent()) {
                context.kinds().challenges.created(created.get());
                context.events()
                        .normal(
                                order,
                                FieldManagers.ORDERS,
                                EventReasons.Order.CREATED,
                                "Created Challenge " + required.name() + " for " + required.domain());
            }
        }
    }

    /// Deletes the Challenges; they go when their records are cleaned up.
    void delete(List<Challenge> challenges) {
        challenges.forEach(challenge -> context.client().resource(challenge).delete());
    }

    @Override
    public void announceCompletion(Order order) {
        context.events()
                .normal(order, FieldManagers.ORDERS, EventReasons.Order.COMPLETE, "The CA issued the certificate");
    }

    /// Warns that no solver fits, once.
    void warnOfNoSolver(Order order, String text) {
        if (said.isNew(order, text)) {
            context.events().warning(order, FieldManagers.ORDERS, EventReasons.Order.SOLVER, text);
        }
    }

    /// Warns the Order and its Certificate of a solver that is none of ours, once.
    void warnOfSolverNotServed(Order order, String text) {
        if (said.isNew(order, text)) {
            warnNotServed(order, text);
            new Ancestors(context.client())
                    .certificate(order)
                    .ifPresent(certificate -> warnNotServed(certificate, text));
        }
    }

    void forget(Order order) {
        said.forget(order);
        context.status().forget(order);
    }

    private void warnNotServed(HasMetadata object, String text) {
        context.events().warning(object, FieldManagers.ORDERS, EventReasons.SOLVER_NOT_SERVED, text);
    }
}
