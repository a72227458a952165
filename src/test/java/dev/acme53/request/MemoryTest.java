package dev.acme53.request;

import static dev.acme53.request.ARequest.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.State;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What the stage keeps in memory: for how long, and how little.
class MemoryTest {
    private static final ResourceID ID = new ResourceID("example-com-1", "team");

    private final AtomicReference<Instant> now = new AtomicReference<>(ARequest.NOW);
    private final InstantSource clock = now::get;

    @Test
    void anOrderJustCreatedCountsUntilItsEventComes() {
        var newOrders = new NewOrders(clock);
        var request = ARequest.with();
        var created = order("o", null, "");
        newOrders.remember(request, created);
        assertThat(newOrders.with(request, List.of())).containsExactly(created);
        var seen = order("o", State.PENDING, "");
        assertThat(newOrders.with(request, List.of(seen))).containsExactly(seen);
        assertThat(newOrders.with(request, List.of()))
                .as("it was deleted since")
                .isEmpty();
    }

    @Test
    void anOrderWhoseEventNeverComesIsForgotten() {
        var newOrders = new NewOrders(clock);
        newOrders.remember(ARequest.with(), order("o", null, ""));
        now.set(ARequest.NOW.plus(NewOrders.SEEN_WITHIN).plusSeconds(1));
        assertThat(newOrders.with(ARequest.with(), List.of())).isEmpty();
    }

    @Test
    void aTextThatChangesAllTheTimeIsNotSettled() {
        var settling = new Settling(clock);
        assertThat(settling.left(ID, "a")).hasValue(Duration.ofSeconds(3));
        now.set(ARequest.NOW.plusSeconds(2));
        assertThat(settling.left(ID, "a")).hasValue(Duration.ofSeconds(1));
        assertThat(settling.left(ID, "b")).hasValue(Duration.ofSeconds(3));
        now.set(ARequest.NOW.plusSeconds(4));
        assertThat(settling.left(ID, "a")).hasValue(Duration.ofSeconds(3));
        now.set(ARequest.NOW.plusSeconds(7));
        assertThat(settling.left(ID, "a")).isEmpty();
    }

    @Test
    void whatWasForgottenHasToSettleAnew() {
        var settling = new Settling(clock);
        settling.left(ID, "a");
        now.set(ARequest.NOW.plusSeconds(3));
        settling.forget(ID);
        assertThat(settling.left(ID, "a")).hasValue(Duration.ofSeconds(3));
    }
}
