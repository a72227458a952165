package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.route53.model.ChangeAction;

class EntryTest {
    private static final ChangeResult TAKEN = new ChangeResult.Accepted("C1", false);

    private static Entry entry(Presence presence, CompletableFuture<ChangeResult> answer) {
        var caller = new Caller("me", "me", "ns", "aws", "", () -> {
            throw new AssertionError("no call is made");
        });
        var entry = new Entry(caller, new WantedRecord(Crowd.record(1, "example.com"), presence, Merged.NO));
        entry.awaitedBy(answer);
        return entry;
    }

    @ParameterizedTest
    @CsvSource({
        "PRESENT, ABSENT, DELETE, its removal was asked for before it was written",
        "ABSENT, PRESENT, UPSERT, it was wanted once more before it was removed",
    })
    void whoWantedTheOppositeBeforeIsNotToldThatItIsDone(
            Presence earlier, Presence later, ChangeAction sent, String told) {
        var overtaken = new CompletableFuture<ChangeResult>();
        var counts = new CompletableFuture<ChangeResult>();
        var entry = entry(earlier, overtaken);
        entry.supersededBy(entry(later, counts));
        assertThat(entry.change().action()).isEqualTo(sent);
        entry.complete(TAKEN);
        assertThat(counts).isCompletedWithValue(TAKEN);
        assertThat(overtaken.join())
                .isInstanceOfSatisfying(
                        ChangeResult.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOf(Route53Failure.Transient.class)
                                .extracting(Route53Failure::message)
                                .asString()
                                .endsWith(told));
    }

    @ParameterizedTest
    @CsvSource({"PRESENT", "ABSENT"})
    void whoWantedTheSameIsToldTheSame(Presence presence) {
        var first = new CompletableFuture<ChangeResult>();
        var second = new CompletableFuture<ChangeResult>();
        var entry = entry(presence, first);
        entry.supersededBy(entry(presence, second));
        entry.complete(TAKEN);
        assertThat(first).isCompletedWithValue(TAKEN);
        assertThat(second).isCompletedWithValue(TAKEN);
    }
}
