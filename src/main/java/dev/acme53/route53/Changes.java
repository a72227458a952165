package dev.acme53.route53;

/// What became of accepted changes.
public interface Changes {
    /// Asks Route 53 once.
    ///
    /// @param changeId without `/change/`
    ChangeStatus status(Caller caller, String changeId);

    sealed interface ChangeStatus {
        /// Not yet on all name servers.
        record Pending() implements ChangeStatus {}

        /// All of the zone's name servers answer with it.
        record InSync() implements ChangeStatus {}

        /// Route 53 does not know the change: too old, or never made.
        record Unknown() implements ChangeStatus {}

        record Failed(Route53Failure failure) implements ChangeStatus {}
    }
}
