package dev.acme53.order;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.ReferencedIssuers;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.WatchedKind;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Order stage's loop: gather, decide, act, until something must be waited for. An API server that refuses
/// or does not answer is a fault, after which the operator has the Order reconciled again.
final class OrderReconciler implements Reconciler<Order> {
    private final StageContext context;
    private final Errands errands;
    private final OrderActs acts;
    private @Nullable ReferencedIssuers<Order> issuers;

    OrderReconciler(StageContext context, Errands errands, OrderActs acts) {
        this.context = context;
        this.errands = errands;
        this.acts = acts;
    }

    @Override
    public List<EventSource<?, Order>> prepareEventSources(EventSourceContext<Order> sources) {
        var wake = new SimpleInboundEventSource<Order>("answers");
        errands.wakeBy(wake::propagateEvent);
        issuers = new ReferencedIssuers<>(
                sources, context.kinds(), order -> order.getSpec().issuerRef(), context.onlyNamespace());
        var challenges = context.kinds().challenges.<Order>followed(WatchedKind::controllerOf);
        challenges.setOnUpdateFilter(OrderReconciler::concerns);
        var all = new ArrayList<EventSource<?, Order>>(issuers.sources());
        all.add(context.kinds().orders.shared(sources));
        all.add(challenges);
        all.add(wake);
        return all;
    }

    @Override
    public UpdateControl<Order> reconcile(Order order, Context<Order> josdk) {
        if (josdk.isPrimaryResourceDeleted()) {
            acts.forget(order);
            return UpdateControl.noUpdate();
        }
        if (order.isMarkedForDeletion() || context.status().isStale(order)) {
            return UpdateControl.noUpdate();
        }
        return context.kinds()
                .challenges
                .lookAgain(order, run(order))
                .map(UpdateControl.<Order>noUpdate()::rescheduleAfter)
                .orElseGet(UpdateControl::noUpdate);
    }

    private Optional<Duration> run(Order order) {
        var challenges = context.kinds().challenges.controlledBy(order);
        var current = order;
        var keys = Map.<String, String>of();
        while (true) {
            var picture = new OrderPicture(current, issuer(current), challenges);
            switch (acts.act(OrderDecision.next(picture), picture, keys)) {
                case Outcome.GoOn(var stored, var learnt) -> {
                    current = stored;
                    keys = learnt;
                }
                case Outcome.Wait(var atMost) -> {
                    return atMost;
                }
            }
        }
    }

    private Optional<AnyIssuer> issuer(Order order) {
        return Objects.requireNonNull(issuers)
                .find(order.getSpec().issuerRef(), order.getMetadata().getNamespace())
                .map(found -> found);
    }

    /// Whether a change of a Challenge can change what its Order does: its reason alone cannot.
    private static boolean concerns(Challenge now, Challenge before) {
        return now.statusOrEmpty().state() != before.statusOrEmpty().state()
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp());
    }
}
