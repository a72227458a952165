package dev.acme53.challenge;

import static dev.acme53.challenge.Challenges.challenge;
import static dev.acme53.challenge.Challenges.claimed;
import static dev.acme53.challenge.Challenges.status;
import static dev.acme53.challenge.Challenges.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Challenge;
import dev.acme53.api.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLimitTest {
    private static final String PLACE = "Z1/_acme-challenge.www.example.com/";

    /// @param minute when it was made
    private static Challenge made(int minute, boolean written) {
        var c = claimed(with(challenge(), status(true, written, State.PENDING)), PLACE + (written ? "C1" : ""));
        c.getMetadata().setUid("u" + minute);
        c.getMetadata().setCreationTimestamp("2026-01-01T00:%02d:00Z".formatted(minute));
        return c;
    }

    private static Stream<Challenge> made(int from, int count, boolean written) {
        return IntStream.range(from, from + count).mapToObj(minute -> made(minute, written));
    }

    @ParameterizedTest(name = "{0} written, {1} older, {2} younger: waits {3}")
    @CsvSource({
        "0, 0, 0, false",
        "7, 0, 20, false",
        "8, 0, 0, true",
        "0, 7, 20, false",
        "0, 8, 0, true",
        "4, 3, 0, false",
        "4, 4, 0, true",
        "30, 0, 0, true",
    })
    void eightAreWrittenAtATimeTheOldestFirst(int written, int older, int younger, boolean waits) {
        var others = new ArrayList<>(List.of(made(10, false)));
        made(11, written, true).forEach(others::add);
        made(0, older, false).forEach(others::add);
        made(11 + written, younger, false).forEach(others::add);
        assertThat(AnswerLimit.isFullFor(made(10, false), others.stream())).isEqualTo(waits);
    }

    @Test
    void whoIsDeletedBeforeItsTurnKeepsNobodyWaiting() {
        var others = made(0, 8, false).toList();
        others.getFirst().getMetadata().setDeletionTimestamp("2026-01-01T00:30:00Z");
        assertThat(AnswerLimit.isFullFor(made(10, false), others.stream())).isFalse();
    }

    @Test
    void whoFailsOrWasNeverVouchedForKeepsNobodyWaiting() {
        var failing = made(0, 8, false).toList();
        with(failing.getFirst(), status(true, false, State.PENDING).withReason("AccessDenied"));
        assertThat(AnswerLimit.isFullFor(made(10, false), failing.stream())).isFalse();
        var madeUp = made(0, 8, false).toList();
        with(claimed(madeUp.getFirst(), PLACE + "C1"), status(false, false, null));
        assertThat(AnswerLimit.isFullFor(made(10, false), madeUp.stream())).isFalse();
    }

    @Test
    void ofDeletedOnesTheRecordCountsUntilItIsRemoved() {
        var others = made(0, 8, true).toList();
        others.getFirst().getMetadata().setDeletionTimestamp("2026-01-01T00:30:00Z");
        assertThat(AnswerLimit.isFullFor(made(10, false), others.stream())).isTrue();
    }

    @Test
    void onlyWhoHasClaimedAPlaceIsThere() {
        assertThat(AnswerLimit.places(challenge())).isEmpty();
        assertThat(AnswerLimit.places(made(0, false))).containsExactly("Z1/_acme-challenge.www.example.com");
        assertThat(AnswerLimit.places(made(0, true))).containsExactly("Z1/_acme-challenge.www.example.com");
    }
}
