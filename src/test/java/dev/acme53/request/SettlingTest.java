package dev.acme53.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.ChangeWait;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final ResourceID REQUEST = new ResourceID("web-1", "team");
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Settling settling = new Settling(() -> now);

    @Test
    void aTextIsSaidWhenItHasStoodForThreeSeconds() {
        assertThat(settling.left(REQUEST, "no hosted zone")).contains(Duration.ofSeconds(3));
        now = now.plusSeconds(2);
        assertThat(settling.left(REQUEST, "no hosted zone")).contains(Duration.ofSeconds(1));
        now = now.plusSeconds(1);
        assertThat(settling.left(REQUEST, "no hosted zone")).isEmpty();
    }

    @Test
    void anotherTextBeginsAnew() {
        settling.left(REQUEST, "no hosted zone");
        now = now.plusSeconds(2);
        assertThat(settling.left(REQUEST, "access denied")).contains(Duration.ofSeconds(3));
    }

    @Test
    void aChangeHasAsLongAsChangesTake() {
        var text = "Waiting on certificate issuance from order team/o: \"pending\"; o-1: " + ChangeWait.of("C1");
        settling.left(REQUEST, text);
        now = now.plusSeconds(29);
        assertThat(settling.left(REQUEST, text)).contains(Duration.ofSeconds(1));
        now = now.plusSeconds(1);
        assertThat(settling.left(REQUEST, text)).isEmpty();
    }
}
