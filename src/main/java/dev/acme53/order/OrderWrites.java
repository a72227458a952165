package dev.acme53.order;

import dev.acme53.api.Order;
import dev.acme53.api.OrderStatus;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Where what a CA said is put.
interface OrderWrites {
    /// Changes the status; nothing is sent when it stays as it is.
    ///
    /// @param change pure: it is made again on a newer status when somebody else wrote in between
    /// @return the Order as it is stored now, empty when it is gone
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or is away
    Optional<Order> write(Order order, UnaryOperator<OrderStatus> change);

    /// Says that the certificate is there.
    void announceCompletion(Order order);
}
