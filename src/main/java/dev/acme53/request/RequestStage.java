package dev.acme53.request;

import dev.acme53.api.CertificateRequest;
import dev.acme53.reconcile.Informers;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StageRegistration;

/// The stage that approves CertificateRequests and has them signed through Orders (behaviour.md §2): two of the peer's
/// controllers in one loop over one cache, so that a request is ordered as soon as it is approved.
public final class RequestStage {
    private RequestStage() {}

    public static StageRegistration<CertificateRequest> of(StageContext context, RequestSettings settings) {
        return new StageRegistration<>(
                "certificaterequests",
                CertificateRequest.class,
                new RequestReconciler(context, settings, new RequestActs(context)),
                Informers::configure);
    }
}
