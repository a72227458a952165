package dev.acme53.issuer;

import dev.acme53.api.Issuer;
import dev.acme53.reconcile.WatchedKinds;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/// Issuers; a class of its own since JOSDK reads the kind from it.
record IssuerReconciler(AccountLoop<Issuer> loop, WatchedKinds kinds) implements Reconciler<Issuer> {
    @Override
    public List<EventSource<?, Issuer>> prepareEventSources(EventSourceContext<Issuer> context) {
        return loop.eventSources(context, kinds.issuers.shared(context));
    }

    @Override
    public UpdateControl<Issuer> reconcile(Issuer issuer, Context<Issuer> context) {
        return loop.reconcile(issuer, context);
    }
}
