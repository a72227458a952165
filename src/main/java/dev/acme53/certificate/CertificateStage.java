package dev.acme53.certificate;

import dev.acme53.api.Certificate;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.Informers;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StageRegistration;
import java.util.List;

/// The stage that keeps the Secrets of Certificates (behaviour.md §1): in one what the peer's controllers
/// `certificates-trigger`, `-key-manager`, `-request-manager`, `-issuing`, `-readiness` and `-revision-manager` are in
/// six.
public final class CertificateStage {
    /// The controller's name, in logs and metrics.
    public static final String NAME = "certificates";

    private CertificateStage() {}

    /// The stage as `operator` starts it.
    public static StageRegistration<Certificate> of(StageContext context, CertificateSettings settings) {
        var errands = Errands.computing(NAME, context.clock()); // making keys and signing
        return new StageRegistration<>(
                NAME,
                Certificate.class,
                new CertificateReconciler(context, settings, errands),
                Informers::configure,
                List.of(errands));
    }
}
