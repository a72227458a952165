package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Order;
import dev.acme53.api.OwnerReferences;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Informers that stages share, as far as no API server is needed.
class WatchedKindTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final WatchedKinds kinds = new WatchedKinds(now::get);

    @Test
    void aKindThatIsFollowedAndThatNoStageWorksOnIsWatchedAllTheSame() {
        assertThat(kinds.unattended()).isEmpty();
        kinds.orders.<Order>followed(_ -> Set.of());
        assertThat(kinds.unattended().stream().map(StageRegistration::name)).containsExactly("watched-orders");
    }

    @Test
    void whatIsNotWatchedHasNoObjects() {
        assertThat(kinds.orders.get(new ResourceID("o", "team"))).isEmpty();
    }

    @Test
    void whatWasJustCreatedIsItsControllersAtOnce() {
        var request = request("r", "1");
        kinds.orders.created(order(request));
        assertThat(kinds.orders.controlledBy(request))
                .singleElement()
                .satisfies(order -> assertThat(order.getMetadata().getManagedFields())
                        .as("as slim as what the cache keeps")
                        .isNull());
        assertThat(kinds.orders.controlledBy(request("r", "2"))).isEmpty();
        kinds.orders.gone(order(request));
        assertThat(kinds.orders.controlledBy(request)).isEmpty();
    }

    @Test
    void whoeverCreatedAnObjectLooksAgainWhenItWasNotSeen() {
        var request = request("r", "1");
        assertThat(kinds.orders.lookAgain(request, Optional.empty())).isEmpty();
        kinds.orders.created(order(request));
        assertThat(kinds.orders.lookAgain(request, Optional.empty())).hasValue(Duration.ofMillis(10_001));
        assertThat(kinds.orders.lookAgain(request, Optional.of(Duration.ofSeconds(3))))
                .hasValue(Duration.ofSeconds(3));
        assertThat(kinds.orders.lookAgain(request, Optional.of(Duration.ofHours(3))))
                .hasValue(Duration.ofMillis(10_001));
        now.updateAndGet(before -> before.plusMillis(10_001));
        assertThat(kinds.orders.controlledBy(request)).isEmpty();
    }

    @Test
    void whoeverWaitsForACacheIsToldWhenItCannotBeFilled() {
        var follower = kinds.orders.<Order>followed(_ -> Set.of());
        kinds.fail(Order.class, new IllegalStateException("forbidden"));
        assertThatThrownBy(follower::start)
                .isInstanceOf(OperatorException.class)
                .hasRootCauseMessage("forbidden");
    }

    private static CertificateRequest request(String name, String uid) {
        var request = new CertificateRequest();
        request.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("team")
                .withUid(uid)
                .build());
        return request;
    }

    private static Order order(CertificateRequest request) {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withName("o")
                .withNamespace("team")
                .withUid("order-uid")
                .withManagedFields(new ManagedFieldsEntry())
                .withOwnerReferences(OwnerReferences.controlledBy(request))
                .build());
        return order;
    }
}
