package dev.acme53.reconcile;

import dev.acme53.api.Bytes;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;

/// What the caches keep of the API's objects: small metadata, and no certificate, which is read live when it is taken
/// over.
public final class SlimObjects {
    /// Stands for a certificate.
    private static final Bytes SOME = Bytes.ofText("…");

    private SlimObjects() {}

    /// Takes from `object` what is not kept, and gives it back.
    public static <R extends CustomResource<?, ?>> R slim(R object) {
        SlimMetadata.slim(object.getMetadata());
        switch (object) {
            case CertificateRequest request -> slim(request);
            case Order order -> slim(order);
            default -> {}
        }
        return object;
    }

    /// The certificate of `object`, of which the caches keep but that it is there; empty where it has none.
    static Bytes certificate(HasMetadata object) {
        return switch (object) {
            case CertificateRequest request -> request.statusOrEmpty().certificate();
            case Order order -> order.statusOrEmpty().certificate();
            default -> Bytes.EMPTY;
        };
    }

    private static void slim(CertificateRequest request) {
        var status = request.statusOrEmpty();
        if (!status.certificate().isEmpty() || !status.ca().isEmpty()) {
            request.setStatus(
                    status.withCertificate(marked(status.certificate())).withCa(Bytes.EMPTY));
        }
    }

    /// Orders that are finished stay as long as their CertificateRequest, and nothing of one is ever written.
    private static void slim(Order order) {
        var status = order.statusOrEmpty();
        var state = status.state();
        if (state != null && (state.isFailure() || !status.certificate().isEmpty())) {
            withoutTexts(order);
            order.setSpec(new OrderSpec(Bytes.EMPTY, order.getSpec().issuerRef(), null, null, null, null, null, null));
            order.setStatus(OrderStatus.empty()
                    .withState(state)
                    .withReason(status.reason())
                    .withCertificate(marked(status.certificate())));
        }
    }

    private static void withoutTexts(HasMetadata object) {
        object.getMetadata().setAnnotations(null);
        object.getMetadata().setLabels(null);
    }

    private static Bytes marked(Bytes certificate) {
        return certificate.isEmpty() ? Bytes.EMPTY : SOME;
    }
}
