package dev.acme53.route53;

/// Why Route 53 did not do what was asked, in terms of what to do next.
///
/// `message` is made of the operation, AWS's error code and its cleaned message, and is the same from one try to the
/// next: no request ids, no times.
public sealed interface Route53Failure {
    String message();

    /// Asking again as things are is useless: not authorized, a zone that cannot be told apart. Somebody must change
    /// something; retry with back-off.
    record Permanent(String message) implements Route53Failure {}

    /// The zone does not take the record: the name is outside of it, another record stands in the way. Nothing was
    /// changed; retry in minutes, and choose the zone anew.
    record RejectedRecord(String message) implements Route53Failure {}

    /// The hosted zone does not exist (any more), or there is none for the name.
    record NoSuchZone(String message) implements Route53Failure {}

    /// AWS does not accept the credentials: expired, revoked, wrongly signed. Get new ones, then retry.
    record BadCredentials(String message) implements Route53Failure {}

    /// The account's or the zone's budget is spent; retry with back-off, it is nobody's fault.
    record Throttled(String message) implements Route53Failure {}

    /// Network, time-out, 5xx: retry soon.
    record Transient(String message) implements Route53Failure {}
}
