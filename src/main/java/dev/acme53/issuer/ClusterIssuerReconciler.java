package dev.acme53.issuer;

import dev.acme53.api.ClusterIssuer;
import dev.acme53.reconcile.WatchedKinds;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/// ClusterIssuers; a class of its own since JOSDK reads the kind from it.
record ClusterIssuerReconciler(AccountLoop<ClusterIssuer> loop, WatchedKinds kinds)
        implements Reconciler<ClusterIssuer> {
    @Override
    public List<EventSource<?, ClusterIssuer>> prepareEventSources(EventSourceContext<ClusterIssuer> context) {
        return loop.eventSources(context, kinds.clusterIssuers.shared(context));
    }

    @Override
    public UpdateControl<ClusterIssuer> reconcile(ClusterIssuer issuer, Context<ClusterIssuer> context) {
        return loop.reconcile(issuer, context);
    }
}
