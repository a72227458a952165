package dev.acme53.order;

import dev.acme53.account.AccountLogins;
import dev.acme53.api.Order;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.Informers;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StageRegistration;
import java.util.List;

/// The stage that brings an Order to its certificate (behaviour.md §3, `--controllers` name `orders`).
public final class OrderStage {
    /// How many calls to CAs may be under way.
    private static final int CALLS_AT_ONCE = 256;

    /// A CA that does not answer, of one namespace's own issuer, holds up no other.
    private static final int CALLS_OF_ONE = 64;

    private OrderStage() {}

    public static StageRegistration<Order> of(StageContext context, AccountLogins logins) {
        var errands = Errands.waiting("order", CALLS_AT_ONCE, CALLS_OF_ONE, context.clock());
        var acts = new OrderActs(
                new CaCalls(logins::login),
                errands,
                new CaVisits(context.clock(), context.random()),
                new OrderObjects(context),
                context.clock());
        return new StageRegistration<>(
                "orders",
                Order.class,
                new OrderReconciler(context, errands, acts),
                Informers::configure,
                List.of(errands));
    }
}
