package dev.acme53.request;

import static dev.acme53.request.ARequest.challenge;
import static dev.acme53.request.ARequest.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import dev.acme53.api.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PendingTextTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void says(String row, Order order, List<Challenge> challenges, String end) {
        assertThat(PendingText.of(order, challenges))
                .isEqualTo("Waiting on certificate issuance from order team/o: " + end);
    }

    static Stream<Arguments> texts() {
        var pending = order("o", State.PENDING, "");
        return Stream.of(
                Arguments.of("no Challenges", pending, List.of(), "\"pending\""),
                Arguments.of(
                        "Challenges without reason",
                        pending,
                        List.of(challenge("o-1", State.PENDING, "")),
                        "\"pending\""),
                Arguments.of("processing", order("o", State.PROCESSING, ""), List.of(), "\"processing\""),
                Arguments.of(
                        "a reason", pending, List.of(challenge("o-1", null, "slow DNS")), "\"pending\"; o-1: slow DNS"),
                Arguments.of(
                        "the first by name of several",
                        pending,
                        List.of(challenge("o-2", State.PENDING, "b"), challenge("o-1", State.PROCESSING, "a")),
                        "\"pending\"; o-1: a"),
                Arguments.of(
                        "a failed one first",
                        pending,
                        List.of(challenge("o-1", State.PENDING, "a"), challenge("o-2", State.ERRORED, "b")),
                        "\"pending\"; o-2: b"),
                Arguments.of(
                        "not one that is done",
                        pending,
                        List.of(challenge("o-1", State.VALID, "done"), challenge("o-2", State.PENDING, "b")),
                        "\"pending\"; o-2: b"),
                Arguments.of(
                        "the Order's own reason",
                        order("o", null, "rate limited"),
                        List.of(),
                        "\"pending\"; o: rate limited"));
    }

    @Test
    void ofANewOrderIsTheTextThatFollowsAnyway() {
        assertThat(PendingText.ofNew(order("o", null, "")))
                .isEqualTo(PendingText.of(order("o", State.PENDING, ""), List.of()));
    }
}
