package dev.acme53.route53;

/// What became of accepted changes.
public interface Changes {
    /// What is known of a change; never blocks. From the first question on Route 53 is asked again and again, once for
    /// all who want to know, until ten minutes have passed in which nobody did.
    ///
    /// @param changeId without `/change/`
    /// @param wake run once, when a change that is pending now is so no longer, of equal ones only one; must not
    /// block. The same question then has another answer, for ten minutes at least where it is final
    ChangeStatus follow(Caller caller, String changeId, Runnable wake);

    sealed interface ChangeStatus {
        /// Not yet on all name servers.
        record Pending() implements ChangeStatus {}

        /// All of the zone's name servers answer with it.
        record InSync() implements ChangeStatus {}

        /// Route 53 does not know the change: too old, or never made.
        record Unknown() implements ChangeStatus {}

        /// It cannot be followed, for now.
        record Failed(Route53Failure failure) implements ChangeStatus {}
    }
}
