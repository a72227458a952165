package dev.acme53.route53;

import java.util.List;

/// How Route 53 answered one `ChangeResourceRecordSets`.
sealed interface BatchAnswer {
    /// All of it is durable.
    record Accepted(String changeId) implements BatchAnswer {}

    /// Not now.
    /// @param overRate whether the account's budget is spent, or else the zone at work
    record Busy(Route53Failure failure, boolean overRate) implements BatchAnswer {}

    /// Nothing was changed, for what is in the batch.
    /// @param complaints one for each thing wrong, not always with the record's name
    record Rejected(List<Complaint> complaints, Route53Failure failure) implements BatchAnswer {}

    /// Nothing was changed: it is not allowed to us, all of it or a part (policies may name records).
    record Denied(Route53Failure failure) implements BatchAnswer {}

    /// Nothing that has to do with single records.
    record Failed(Route53Failure failure) implements BatchAnswer {}
}
