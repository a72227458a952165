package dev.acme53.operator;

import dev.acme53.api.Certificate;
import dev.acme53.reconcile.Informers;
import dev.acme53.reconcile.StageRegistration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/// Certificates kept in a cache for their series in `/metrics`, where `certificates-metrics` is on and the stage that
/// works on them is not.
final class WatchedCertificates implements Reconciler<Certificate> {
    private WatchedCertificates() {}

    static StageRegistration<Certificate> registration() {
        return new StageRegistration<>(
                "certificates-metrics", Certificate.class, new WatchedCertificates(), Informers::configure);
    }

    @Override
    public UpdateControl<Certificate> reconcile(Certificate certificate, Context<Certificate> context) {
        return UpdateControl.noUpdate();
    }
}
