package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.api.EventReasons;
import dev.acme53.api.FieldManagers;
import dev.acme53.reconcile.Ancestors;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.SaidBefore;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/// Warns a Challenge of another solver and its Certificate, once each, that nobody here solves it, and what to change.
final class NotServed {
    private static final String ITS_CERTIFICATE = "its certificate";

    private final StageContext context;
    private final Ancestors ancestors;
    private final Errands errands;
    private final SaidBefore said = new SaidBefore();
    private final SaidBefore carriedUp = new SaidBefore();

    NotServed(StageContext context, Ancestors ancestors, Errands errands) {
        this.context = context;
        this.ancestors = ancestors;
        this.errands = errands;
    }

    /// Says what is not said yet. To be called again when the look at the Challenge's ancestors has ended.
    void warn(Challenge challenge, ResourceID id) {
        var text = "Only DNS01 in Route 53 is served here: let the issuer's solver for \""
                + challenge.getSpec().dnsName()
                + "\" be dns01.route53, or have the product that served it before solve this Challenge";
        if (said.isNew(challenge, text)) {
            warn(challenge, text);
        }
        if (!carriedUp.holds(challenge, text)) {
            errands.ask(
                            id,
                            challenge.getMetadata().getUid() + " " + ITS_CERTIFICATE,
                            () -> ancestors.certificate(challenge))
                    .ifPresent(certificate -> {
                        carriedUp.isNew(challenge, text);
                        certificate.ifPresent(c -> warn(c, text));
                    });
        }
    }

    void forget(Challenge challenge) {
        said.forget(challenge);
        carriedUp.forget(challenge);
    }

    private void warn(HasMetadata object, String text) {
        context.events().warning(object, FieldManagers.CHALLENGES, EventReasons.SOLVER_NOT_SERVED, text);
    }
}
