package dev.acme53.request;

import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Order;
import dev.acme53.reconcile.SlimObjects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Orders that this process created and whose events are still on the way, so that no second one is made when
/// the issuer changes, and thereby the name of the Order, in just that moment.
final class NewOrders {
    /// An event that takes longer will not come: the Order was deleted before it was seen.
    static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Map<String, Created> byRequest = new ConcurrentHashMap<>();

    NewOrders(InstantSource clock) {
        this.clock = clock;
    }

    void remember(CertificateRequest request, Order order) {
        byRequest.put(uid(request), new Created(SlimObjects.slim(order), clock.instant()));
    }

    /// The Orders of `request`: those that the cache has, else the one that was just created.
    List<Order> with(CertificateRequest request, List<Order> cached) {
        if (!cached.isEmpty()) {
            forget(request);
            return cached;
        }
        var created = byRequest.get(uid(request));
        if (created == null) {
            return cached;
        }
        if (Duration.between(created.at, clock.instant()).compareTo(SEEN_WITHIN) > 0) {
            forget(request);
            return cached;
        }
        return List.of(created.order);
    }

    void forget(CertificateRequest request) {
        byRequest.remove(uid(request));
    }

    private static String uid(CertificateRequest request) {
        return request.getMetadata().getUid();
    }

    private record Created(Order order, Instant at) {}
}
