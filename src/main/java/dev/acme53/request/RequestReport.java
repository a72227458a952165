package dev.acme53.request;

import dev.acme53.api.Bytes;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateRequestStatus;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.EventReasons;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.Reasons;
import dev.acme53.reconcile.SaidBefore;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What users see of a CertificateRequest: its conditions and events (behaviour.md §2.2, the table of helpers).
final class RequestReport {
    private static final String APPROVED = "The request was approved by the built-in approver cert-manager.io";

    private final StageContext context;
    private final Settling settling;
    private final SaidBefore said = new SaidBefore();

    RequestReport(StageContext context) {
        this.context = context;
        this.settling = new Settling(context.clock());
    }

    /// `request` as it will be when it is approved.
    CertificateRequest approved(CertificateRequest request) {
        var copy = new CertificateRequest();
        copy.setMetadata(request.getMetadata());
        copy.setSpec(request.getSpec());
        copy.setStatus(approval(request.statusOrEmpty()));
        return copy;
    }

    /// @param pending what is waited for from then on, if that is known
    Optional<CertificateRequest> approve(CertificateRequest request, Optional<String> pending) {
        var approved = context.status()
                .update(
                        request,
                        FieldManagers.APPROVER,
                        r -> RequestDecision.isToApprove(r)
                                ? pending.map(text -> ready(
                                                approval(r.statusOrEmpty()),
                                                Condition.Status.FALSE,
                                                Reasons.Request.PENDING,
                                                text))
                                        .orElseGet(() -> approval(r.statusOrEmpty()))
                                : r.statusOrEmpty());
        if (approved.isPresent()) {
            context.events().normal(request, FieldManagers.APPROVER, EventReasons.Request.APPROVED_BY_US, APPROVED);
        }
        return approved;
    }

    Optional<Duration> awaitApproval(CertificateRequest request) {
        var message = "Nothing is signed before the request is approved";
        if (said.isNew(request, message)) {
            event(request, EventReasons.Request.WAITING_FOR_APPROVAL, message);
        }
        return Optional.empty();
    }

    Optional<Duration> deny(CertificateRequest request) {
        write(
                request,
                Condition.Status.FALSE,
                Reasons.Request.DENIED,
                "The request was denied by an approver",
                this::failedNow);
        return Optional.empty();
    }

    /// The event is only for the first time that the request is pending, and for the Order that an approval
    /// said would be waited for. A change of what it waits for is written when it has settled.
    Optional<Duration> pend(CertificateRequest request, String reason, String message) {
        var id = ResourceID.fromResource(request);
        var ready = Conditions.find(request.statusOrEmpty().conditions(), ConditionTypes.READY);
        var pending = ready.filter(r -> r.reason().equals(Reasons.Request.PENDING));
        if (pending.filter(p -> p.message().equals(message)).isPresent()) {
            settling.forget(id);
            if (reason.equals(EventReasons.Request.ORDER_CREATED)) {
                event(request, reason, message);
            }
            return Optional.empty();
        }
        if (pending.isPresent() && reason.equals(EventReasons.Request.ORDER_PENDING)) {
            var left = settling.left(id, message);
            if (left.isPresent()) {
                return left;
            }
        }
        settling.forget(id);
        write(request, Condition.Status.FALSE, Reasons.Request.PENDING, message, status -> status);
        if (pending.isEmpty()) {
            event(request, reason, message);
        }
        return Optional.empty();
    }

    Optional<Duration> fail(CertificateRequest request, String reason, String message) {
        write(request, Condition.Status.FALSE, Reasons.Request.FAILED, message, this::failedNow);
        context.events().warning(request, FieldManagers.REQUEST_ACME, reason, message);
        return Optional.empty();
    }

    Optional<Duration> issued(CertificateRequest request, Bytes chain) {
        var message = "The issuer has signed the certificate";
        write(request, Condition.Status.TRUE, Reasons.Request.ISSUED, message, s -> s.withCertificate(chain));
        event(request, EventReasons.Request.CERTIFICATE_ISSUED, message);
        return Optional.empty();
    }

    /// Once, on the request and on the Certificate that it was made for.
    Optional<Duration> notServed(CertificateRequest request, String type) {
        var ref = request.getSpec().issuerRef();
        var message = ref.kindOrDefault() + " \"" + ref.name() + "\" is of type " + type
                + ", which is not served here: name an issuer with spec.acme in issuerRef, or run a controller that serves "
                + type;
        if (said.isNew(request, message)) {
            warnNotServed(request, message);
            certificate(request).ifPresent(certificate -> warnNotServed(certificate, message));
        }
        return Optional.empty();
    }

    void nameTaken(CertificateRequest request, String order) {
        var message = "Order " + order + " exists and is not this request's: delete it";
        if (said.isNew(request, message)) {
            context.events()
                    .warning(request, FieldManagers.REQUEST_ACME, EventReasons.Request.ORDER_GET_ERROR, message);
        }
    }

    void forget(CertificateRequest request) {
        settling.forget(ResourceID.fromResource(request));
        said.forget(request);
        context.status().forget(request);
    }

    private void write(
            CertificateRequest request,
            Condition.Status ready,
            String reason,
            String message,
            UnaryOperator<CertificateRequestStatus> more) {
        context.status()
                .update(
                        request,
                        FieldManagers.REQUEST_ACME,
                        r -> more.apply(ready(r.statusOrEmpty(), ready, reason, message)));
    }

    private CertificateRequestStatus approval(CertificateRequestStatus status) {
        return with(status, ConditionTypes.APPROVED, Condition.Status.TRUE, Reasons.Request.APPROVED_BY_US, APPROVED);
    }

    private CertificateRequestStatus ready(
            CertificateRequestStatus status, Condition.Status value, String reason, String message) {
        return with(status, ConditionTypes.READY, value, reason, message);
    }

    private CertificateRequestStatus with(
            CertificateRequestStatus status, String type, Condition.Status value, String reason, String message) {
        return status.withConditions(Conditions.set(
                status.conditions(),
                type,
                value,
                reason,
                message,
                null,
                context.clock().instant()));
    }

    private CertificateRequestStatus failedNow(CertificateRequestStatus status) {
        return status.withFailureTime(
                Objects.requireNonNullElse(status.failureTime(), context.clock().instant()));
    }

    private void event(CertificateRequest request, String reason, String message) {
        context.events().normal(request, FieldManagers.REQUEST_ACME, reason, message);
    }

    private void warnNotServed(HasMetadata object, String message) {
        context.events().warning(object, FieldManagers.REQUEST_ACME, EventReasons.ISSUER_NOT_SERVED, message);
    }

    /// Enough of it to carry an event.
    private static Optional<Certificate> certificate(CertificateRequest request) {
        return OwnerReferences.controller(request)
                .filter(owner -> owner.getKind().equals("Certificate")
                        && owner.getApiVersion().startsWith(IssuerRef.GROUP + "/"))
                .map(owner -> {
                    var certificate = new Certificate();
                    certificate.setMetadata(new ObjectMetaBuilder()
                            .withNamespace(request.getMetadata().getNamespace())
                            .withName(owner.getName())
                            .withUid(owner.getUid())
                            .build());
                    return certificate;
                });
    }
}
