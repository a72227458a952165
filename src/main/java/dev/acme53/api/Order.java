package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/// One order at the CA (RFC 8555 §7.1.3, api.md §6).
@JsonIgnoreProperties(ignoreUnknown = true)
@Group("acme.cert-manager.io")
@Version("v1")
@Kind("Order")
@Plural("orders")
@Singular("order")
public final class Order extends CustomResource<OrderSpec, OrderStatus> implements Namespaced {
    /// Never null: an empty one until the API server says otherwise.
    public OrderStatus statusOrEmpty() {
        var status = getStatus();
        return status == null ? OrderStatus.empty() : status;
    }

    @Override
    protected OrderStatus initStatus() {
        return OrderStatus.empty();
    }
}
