package dev.acme53.route53;

/// How records come and go.
///
/// `want` blocks until Route 53 has accepted or refused the change, not until it is in sync: for that see [Changes].
/// It is idempotent, both ways: an equal record may be there already, an absent one may be gone already. Safe for
/// any number of threads; calls for one zone are made one after the other, in the order they were wanted, whoever
/// wants them, as Route 53 demands.
public interface RecordChanges {
    /// Blocks until the change is accepted or refused.
    /// @param zoneId without `/hostedzone/`
    ChangeResult want(Caller caller, String zoneId, WantedRecord record);

    sealed interface ChangeResult {
        /// Durable; on the way to the name servers.
        /// @param changeId without `/change/`
        record Accepted(String changeId) implements ChangeResult {}

        /// Wanted absent, and Route 53 has no such record.
        record AlreadyAbsent() implements ChangeResult {}

        record Failed(Route53Failure failure) implements ChangeResult {}
    }
}
