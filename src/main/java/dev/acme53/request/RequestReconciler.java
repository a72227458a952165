package dev.acme53.request;

import dev.acme53.api.CertificateRequest;
import dev.acme53.reconcile.StageContext;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The CertificateRequest stage's loop: approve, gather, decide, act. An API server that refuses or does not
/// answer is a fault, after which the operator has the request reconciled again.
final class RequestReconciler implements Reconciler<CertificateRequest> {
    private final StageContext context;
    private final RequestSettings settings;
    private final RequestActs acts;
    private @Nullable RequestSources sources;

    RequestReconciler(StageContext context, RequestSettings settings, RequestActs acts) {
        this.context = context;
        this.settings = settings;
        this.acts = acts;
    }

    @Override
    public List<EventSource<?, CertificateRequest>> prepareEventSources(EventSourceContext<CertificateRequest> josdk) {
        var all = new ArrayList<EventSource<?, CertificateRequest>>();
        all.add(context.kinds().requests.shared(josdk));
        if (settings.sign()) {
            var known = new RequestSources(josdk, context);
            sources = known;
            all.addAll(known.all());
        }
        return all;
    }

    @Override
    public UpdateControl<CertificateRequest> reconcile(CertificateRequest request, Context<CertificateRequest> josdk) {
        if (josdk.isPrimaryResourceDeleted()) {
            acts.forget(request);
            return UpdateControl.noUpdate();
        }
        if (request.isMarkedForDeletion() || context.status().isStale(request)) {
            return UpdateControl.noUpdate();
        }
        return context.kinds()
                .orders
                .lookAgain(request, run(request))
                .map(UpdateControl.<CertificateRequest>noUpdate()::rescheduleAfter)
                .orElseGet(UpdateControl::noUpdate);
    }

    private Optional<Duration> run(CertificateRequest request) {
        var current = settings.mayApprove(request) && RequestDecision.isToApprove(request)
                ? acts.approve(request, settings.sign() ? Optional.of(this::next) : Optional.empty())
                : Optional.of(request);
        return settings.sign() ? current.flatMap(r -> acts.act(next(r), r)) : Optional.empty();
    }

    private RequestStep next(CertificateRequest request) {
        var known = Objects.requireNonNull(sources);
        var orders = known.orders(request);
        return RequestDecision.next(
                new RequestPicture(request, known.issuer(request), orders, known.challenges(orders)));
    }
}
