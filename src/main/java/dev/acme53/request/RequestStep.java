package dev.acme53.request;

import dev.acme53.api.Order;

/// What to do next for a CertificateRequest (behaviour.md §2.2, §2.3). The reasons are those of events.
sealed interface RequestStep {
    /// Nothing: it is finished, or somebody else's.
    record Rest() implements RequestStep {}

    /// The request was denied.
    record Deny() implements RequestStep {}

    /// Somebody has to approve it first.
    record AwaitApproval() implements RequestStep {}

    /// The issuer is of a type that is not served here.
    record NotServed(String type) implements RequestStep {}

    /// `Ready=False/Pending`.
    record Pend(String reason, String message) implements RequestStep {}

    /// `Ready=False/Failed`, for good.
    record Fail(String reason, String message) implements RequestStep {}

    /// There is no Order yet.
    record CreateOrder(Order order) implements RequestStep {}

    /// The Order is about to go; it is made anew then.
    record AwaitDeletion() implements RequestStep {}

    /// The Order has a certificate, which is to be read and checked.
    record Collect(Order order) implements RequestStep {}
}
