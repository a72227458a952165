package dev.acme53.sim;

import java.time.Instant;

/// One record change that was applied: who did what to which record, when.
///
/// @param principal the ARN of the user or role session
/// @param accessKeyId the key that signed the call
/// @param changeId without `/change/`
public record HistoryEntry(
        Instant at,
        String principal,
        String accessKeyId,
        String changeId,
        String zoneId,
        RecordChange.Action action,
        RecordSet recordSet) {}
