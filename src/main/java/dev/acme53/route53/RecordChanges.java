package dev.acme53.route53;

import java.util.function.Consumer;

/// How records come and go.
///
/// `want` returns at once. Its answer comes when Route 53 has accepted or refused the change, not when it is in sync:
/// for that see [Changes]. It is idempotent, both ways: an equal record may be there already, an absent one may be gone
/// already. Safe for any number of threads, and meant for many: what is wanted in one zone at about the same time goes
/// to Route 53 in one call, if it is wanted with the same credentials. Of two wishes for one record the later counts:
/// who wanted the opposite before is told that it was overtaken, a failure that may be tried again.
public interface RecordChanges {
    /// Asks for a change; no thread waits for the answer.
    /// @param zoneId without `/hostedzone/`
    /// @param told once, of what came of it, perhaps before this returns; must not block, for others wait behind it
    void want(Caller caller, String zoneId, WantedRecord record, Consumer<ChangeResult> told);

    sealed interface ChangeResult {
        /// Durable; on the way to the name servers.
        /// @param changeId without `/change/`
        /// @param isMerged whether the value joined a simple TXT record of somebody else
        record Accepted(String changeId, boolean isMerged) implements ChangeResult {}

        /// Wanted absent, and Route 53 has no such record.
        record AlreadyAbsent() implements ChangeResult {}

        record Failed(Route53Failure failure) implements ChangeResult {}
    }
}
