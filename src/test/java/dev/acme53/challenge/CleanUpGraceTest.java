package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanUpGraceTest {
    private static final Instant DELETED = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest(name = "grace {0}, {1} after the deletion, terminating {2}: over {3}")
    @CsvSource({
        "PT1H, PT59M59S, true, false",
        "PT1H, PT1H, true, true",
        "PT1H, PT1H, false, false",
        "PT1H, PT23H59M59S, false, false",
        "PT1H, PT24H, false, true",
        "PT48H, PT24H, false, false",
        "PT48H, PT47H, true, false",
        "PT48H, PT48H, false, true",
        "PT0S, PT0S, true, true",
        "PT0S, PT0S, false, false",
    })
    void itCountsFromTheDeletion(Duration grace, Duration passed, boolean terminating, boolean over) {
        var asked = new CleanUpGrace(grace);
        assertThat(asked.isOver(DELETED, DELETED.plus(passed), terminating)).isEqualTo(over);
        assertThat(asked.mayBeOver(DELETED, DELETED.plus(passed)))
                .isEqualTo(over || !passed.minus(grace).isNegative());
    }

    @Test
    void itsEndsAreKnownBeforehand() {
        var grace = new CleanUpGrace(Duration.ofHours(1));
        assertThat(grace.nextEnd(DELETED, DELETED)).contains(DELETED.plus(Duration.ofHours(1)));
        assertThat(grace.nextEnd(DELETED, DELETED.plus(Duration.ofHours(1))))
                .contains(DELETED.plus(Duration.ofHours(24)));
        assertThat(grace.nextEnd(DELETED, DELETED.plus(Duration.ofHours(24)))).isEqualTo(Optional.empty());
    }
}
