package dev.acme53.issuer;

import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Condition.Status;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.EventReasons;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.IssuerStatus;
import dev.acme53.api.Reasons;
import dev.acme53.reconcile.SaidBefore;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/// Says in an issuer's status, and in one event when it is news, where the issuer stands.
///
/// @param fieldManager also the events' source
record IssuerReport(StageContext context, String fieldManager, SaidBefore said) {
    IssuerReport(StageContext context, String fieldManager) {
        this(context, fieldManager, new SaidBefore());
    }

    /// The account as status has it.
    AcmeAccountStatus account(AnyIssuer issuer) {
        return Optional.ofNullable(issuer.statusOrEmpty().acme()).orElseGet(AcmeAccountStatus::empty);
    }

    /// Ready, with this account.
    <I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer> void ready(
            I issuer, AcmeIssuer acme, AcmeAccountStatus account) {
        write(
                issuer,
                account,
                Status.TRUE,
                Reasons.Issuer.ACCOUNT_REGISTERED,
                "the account is registered at " + acme.server());
    }

    /// Ready as before. What was said of this generation stays, also in cert-manager's words or an older release's:
    /// taking over writes nothing.
    <I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer> void stillReady(I issuer, AcmeIssuer acme) {
        var isSaid = Conditions.find(issuer.statusOrEmpty().conditions(), ConditionTypes.READY)
                .filter(c -> c.status() == Status.TRUE
                        && c.reason().equals(Reasons.Issuer.ACCOUNT_REGISTERED)
                        && issuer.getMetadata().getGeneration().equals(c.observedGeneration()))
                .isPresent();
        if (!isSaid) {
            ready(issuer, acme, account(issuer));
        }
    }

    /// Not ready, with what is known of the account.
    ///
    /// @param event reason of the Warning event that is recorded when status did not yet say the same
    <I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer> void notReady(
            I issuer, AcmeAccountStatus account, String reason, String message, String event) {
        var isNews = Conditions.find(issuer.statusOrEmpty().conditions(), ConditionTypes.READY)
                .filter(c -> c.status() == Status.FALSE
                        && c.reason().equals(reason)
                        && c.message().equals(message))
                .isEmpty();
        write(issuer, account, Status.FALSE, reason, message);
        if (isNews) {
            context.events().warning(issuer, fieldManager, event, message);
        }
    }

    /// An issuer of another type: its status is somebody else's, so an event says it, once.
    void notServed(AnyIssuer issuer) {
        once(
                issuer,
                EventReasons.ISSUER_NOT_SERVED,
                "issuers of type " + issuer.getSpec().type().orElse("none")
                        + " are not served here, only those of type acme: run the controller that serves it, or use"
                        + " an ACME issuer instead");
    }

    /// A field that is accepted and changes nothing.
    void ignored(AnyIssuer issuer, AcmeIssuer acme) {
        var binding = acme.externalAccountBinding();
        if (binding != null && !binding.keyAlgorithm().isEmpty()) {
            once(
                    issuer,
                    EventReasons.Issuer.IGNORED_FIELD,
                    "spec.acme.externalAccountBinding.keyAlgorithm is ignored, the algorithm is always HS256: remove"
                            + " the field");
        }
    }

    private void once(AnyIssuer issuer, String event, String message) {
        if (said.isNew(issuer, message)) {
            context.events().warning(issuer, fieldManager, event, message);
        }
    }

    /// Drops what is remembered about an issuer that is gone.
    void forget(AnyIssuer issuer) {
        said.forget(issuer);
        context.status().forget(issuer);
    }

    private <I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer> void write(
            I issuer, AcmeAccountStatus account, Status status, String reason, String message) {
        var now = context.clock().instant();
        context.status()
                .update(
                        issuer,
                        fieldManager,
                        current -> new IssuerStatus(
                                Conditions.set(
                                        current.statusOrEmpty().conditions(),
                                        ConditionTypes.READY,
                                        status,
                                        reason,
                                        message,
                                        issuer.getMetadata().getGeneration(),
                                        now),
                                account));
    }

    /// What the API server said, in words that stay the same from one try to the next.
    static String answer(KubernetesClientException e) {
        var status = e.getStatus();
        if (status != null && status.getReason() != null) {
            return "the API server answers " + status.getReason() + " (" + e.getCode() + ")";
        }
        return e.getCode() > 0 ? "the API server answers HTTP " + e.getCode() : "the API server does not answer";
    }
}
