package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.api.Order;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Informers that stages share, as far as no API server is needed.
class WatchedKindTest {
    private final WatchedKinds kinds = new WatchedKinds();

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
    void whoeverWaitsForACacheIsToldWhenItCannotBeFilled() {
        var follower = kinds.orders.<Order>followed(_ -> Set.of());
        kinds.fail(Order.class, new IllegalStateException("forbidden"));
        assertThatThrownBy(follower::start)
                .isInstanceOf(OperatorException.class)
                .hasRootCauseMessage("forbidden");
    }
}
