package dev.acme53.route53;

import dev.acme53.route53.RecordChanges.ChangeResult;
import java.util.concurrent.CompletableFuture;

/// Wishes of tests, which wait for what comes of them.
final class Blocking {
    private Blocking() {}

    static ChangeResult want(RecordChanges records, Caller caller, String zoneId, WantedRecord record) {
        return wish(records, caller, zoneId, record).join();
    }

    /// What will come of it, for who waits in another way.
    static CompletableFuture<ChangeResult> wish(
            RecordChanges records, Caller caller, String zoneId, WantedRecord record) {
        var answer = new CompletableFuture<ChangeResult>();
        records.want(caller, zoneId, record, answer::complete);
        return answer;
    }
}
