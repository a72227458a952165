package dev.acme53.route53;

/// Whether a hosted zone itself holds a CNAME record of a name, which DNS does not tell apart from a wildcard's.
public sealed interface StoredCname {
    record Present() implements StoredCname {}

    record Absent() implements StoredCname {}

    /// The zone is not one for that name.
    record OutOfZone() implements StoredCname {}

    /// Route 53 does not say: users may leave `ListResourceRecordSets` out of their policies.
    record NotTold() implements StoredCname {}

    record Failed(Route53Failure failure) implements StoredCname {}
}
