package dev.acme53.order;

import dev.acme53.api.Bytes;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;

/// The cache of Orders: of those that are finished, which stay as long as their CertificateRequest, it keeps
/// only that they are. Nothing of such an Order is ever written.
final class SlimOrders {
    /// Stands for a certificate.
    private static final Bytes SOME = Bytes.ofText("…");

    private SlimOrders() {}

    static ItemStore<Order> store() {
        return new TransformingItemStore<>(SlimOrders::slim);
    }

    static Order slim(Order order) {
        order.getMetadata().setManagedFields(null);
        var status = order.statusOrEmpty();
        var state = status.state();
        if (state != null && (state.isFailure() || !status.certificate().isEmpty())) {
            var spec = order.getSpec();
            order.setSpec(new OrderSpec(Bytes.EMPTY, spec.issuerRef(), null, null, null, null, null, null));
            order.setStatus(OrderStatus.empty()
                    .withState(state)
                    .withCertificate(status.certificate().isEmpty() ? Bytes.EMPTY : SOME));
        }
        return order;
    }
}
