package dev.acme53.order;

import static dev.acme53.order.AnOrder.authorization;
import static dev.acme53.order.AnOrder.challenge;
import static dev.acme53.order.AnOrder.placed;
import static dev.acme53.order.AnOrder.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Authorization;
import dev.acme53.api.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Authorization APEX = authorization("example.com");

    @ParameterizedTest
    @CsvSource({
        // Challenge, polled for, the CA's order -> state
        "INVALID, PT0S,  invalid,    INVALID",
        "ERRORED, PT0S,  invalid,    INVALID",
        "INVALID, PT0S,  pending,    PENDING",
        "INVALID, PT9S,  pending,    PENDING",
        "INVALID, PT10S, pending,    ERRORED",
        "ERRORED, PT0S,  pending,    ERRORED",
        "EXPIRED, PT0S,  pending,    ERRORED",
        "ERRORED, PT0S,  ready,      READY",
        "ERRORED, PT0S,  processing, PROCESSING",
        "EXPIRED, PT0S,  valid,      VALID",
        "ERRORED, PT0S,  unheard-of, ERRORED",
    })
    void followsTheCaAndGivesUpWhereThePeerStalls(State challenge, Duration polled, String word, State expected) {
        var status = placed(State.PENDING, APEX);
        var failed = challenge(APEX, challenge, "broken");
        var judged = Judgement.of(status, view(word), List.of(failed), polled, NOW);
        assertThat(judged.state()).isEqualTo(expected);
        if (expected.isFailure()) {
            assertThat(judged.reason()).isEqualTo(failed.getMetadata().getName() + ": broken");
            assertThat(judged.failureTime()).isEqualTo(NOW);
        } else {
            assertThat(judged.reason()).isEmpty();
        }
        if (expected == State.PENDING) {
            assertThat(judged).as("asked again, nothing written").isSameAs(status);
        }
    }
}
