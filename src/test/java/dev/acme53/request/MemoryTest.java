package dev.acme53.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What the stage keeps in memory: for how long, and how little.
class MemoryTest {
    private static final ResourceID ID = new ResourceID("example-com-1", "team");

    private final AtomicReference<Instant> now = new AtomicReference<>(ARequest.NOW);
    private final InstantSource clock = now::get;

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
