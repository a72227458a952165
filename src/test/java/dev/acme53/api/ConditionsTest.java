package dev.acme53.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Condition.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rule for conditions, api.md §2.5.
class ConditionsTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant NOW = Instant.parse("2026-01-02T04:00:00.75Z");
    private static final Condition ISSUING = new Condition("Issuing", Status.TRUE, THEN, "DoesNotExist", "m", 1L);
    private static final Condition READY = new Condition("Ready", Status.FALSE, THEN, "DoesNotExist", "m", 1L);

    @Test
    void aNewConditionComesLastAndBeginsNow() {
        var set = Conditions.set(List.of(ISSUING), "Ready", Status.TRUE, "Ready", "fine", 2L, NOW);
        assertThat(set)
                .containsExactly(
                        ISSUING,
                        new Condition(
                                "Ready", Status.TRUE, Instant.parse("2026-01-02T04:00:00Z"), "Ready", "fine", 2L));
    }

    @Test
    void anotherReasonWithTheSameStatusKeepsTheTime() {
        var set = Conditions.set(List.of(READY, ISSUING), "Ready", Status.FALSE, "Expired", "old", 3L, NOW);
        assertThat(set).containsExactly(new Condition("Ready", Status.FALSE, THEN, "Expired", "old", 3L), ISSUING);
    }

    @Test
    void anotherStatusBeginsNow() {
        var set = Conditions.set(List.of(READY), "Ready", Status.TRUE, "Ready", "m", 1L, NOW);
        assertThat(set.getFirst().lastTransitionTime()).isEqualTo(Instant.parse("2026-01-02T04:00:00Z"));
    }

    @Test
    void theSameAgainChangesNothing() {
        assertThat(Conditions.set(List.of(READY, ISSUING), "Ready", Status.FALSE, "DoesNotExist", "m", 1L, NOW))
                .isEqualTo(List.of(READY, ISSUING));
    }

    @Test
    void aConditionWithoutTimeGetsOne() {
        var timeless = new Condition("Ready", Status.TRUE, null, "", "", null);
        assertThat(Conditions.set(List.of(timeless), "Ready", Status.TRUE, "", "", null, THEN))
                .containsExactly(new Condition("Ready", Status.TRUE, THEN, "", "", null));
    }

    @Test
    void textsAreCutToWhatEverySchemaTakes() {
        var set = Conditions.set(List.of(), "Ready", Status.FALSE, "r".repeat(2000), "😀".repeat(40_000), null, NOW);
        assertThat(set.getFirst().reason()).hasSize(1024);
        assertThat(set.getFirst().message()).hasSize(32_768).endsWith("😀");
        var odd = Conditions.set(List.of(), "Ready", Status.FALSE, "", "x" + "😀".repeat(40_000), null, NOW);
        assertThat(odd.getFirst().message()).hasSize(32_767).endsWith("😀");
    }

    @Test
    void aRemovedConditionIsGoneAndAnAbsentOneDoesNotMatter() {
        assertThat(Conditions.remove(List.of(READY, ISSUING), "Issuing")).containsExactly(READY);
        assertThat(Conditions.remove(List.of(READY), "Issuing")).containsExactly(READY);
    }

    @Test
    void onlyTrueIsTrue() {
        var unknown = new Condition("Other", Status.UNKNOWN, THEN, "", "", null);
        var all = List.of(READY, ISSUING, unknown);
        assertThat(Conditions.isTrue(all, "Issuing")).isTrue();
        assertThat(Conditions.isTrue(all, "Ready")).isFalse();
        assertThat(Conditions.isTrue(all, "Other")).isFalse();
        assertThat(Conditions.isTrue(all, "Absent")).isFalse();
        assertThat(Conditions.reason(all, "Ready")).isEqualTo("DoesNotExist");
        assertThat(Conditions.reason(all, "Absent")).isEmpty();
    }
}
