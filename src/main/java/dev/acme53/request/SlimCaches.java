package dev.acme53.request;

import dev.acme53.api.Bytes;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateRequestSpec;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.Reasons;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;

/// What this stage keeps of the objects that it watches. A certificate is read live when it is taken over; what a
/// finished request was about is not looked at again.
final class SlimCaches {
    /// Stands for a certificate.
    private static final Bytes SOME = Bytes.ofText("…");

    private SlimCaches() {}

    static ItemStore<CertificateRequest> requests() {
        return new TransformingItemStore<>(SlimCaches::slim);
    }

    static ItemStore<Order> orders() {
        return new TransformingItemStore<>(SlimCaches::slim);
    }

    static ItemStore<Challenge> challenges() {
        return new TransformingItemStore<>(SlimCaches::slim);
    }

    static CertificateRequest slim(CertificateRequest request) {
        request.getMetadata().setManagedFields(null);
        var status = request.statusOrEmpty();
        var reason = Conditions.reason(status.conditions(), ConditionTypes.READY);
        if (reason.equals(Reasons.Request.ISSUED) || reason.equals(Reasons.Request.FAILED)) {
            var ref = request.getSpec().issuerRef();
            request.setSpec(new CertificateRequestSpec(null, ref, Bytes.EMPTY, false, null, null, null, null, null));
            request.setStatus(
                    status.withCertificate(marked(status.certificate())).withCa(Bytes.EMPTY));
        }
        return request;
    }

    static Order slim(Order order) {
        withoutTexts(order);
        var status = order.statusOrEmpty();
        order.setSpec(new OrderSpec(null, null, null, null, null, null, null, null));
        order.setStatus(OrderStatus.empty()
                .withState(status.state())
                .withReason(status.reason())
                .withCertificate(marked(status.certificate())));
        return order;
    }

    static Challenge slim(Challenge challenge) {
        withoutTexts(challenge);
        var status = challenge.statusOrEmpty();
        challenge.setSpec(new ChallengeSpec(null, null, null, false, null, null, null, null, null));
        challenge.setStatus(ChallengeStatus.empty().withState(status.state()).withReason(status.reason()));
        return challenge;
    }

    private static void withoutTexts(HasMetadata object) {
        object.getMetadata().setManagedFields(null);
        object.getMetadata().setAnnotations(null);
        object.getMetadata().setLabels(null);
    }

    private static Bytes marked(Bytes certificate) {
        return certificate.isEmpty() ? Bytes.EMPTY : SOME;
    }
}
