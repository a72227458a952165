package dev.acme53.route53;

import java.util.function.Supplier;
import software.amazon.awssdk.services.route53.Route53Client;

/// In whose name Route 53 is called.
///
/// @param identity stands for the credentials, the same as long as they are the same; holds no secret. Calls of two
/// identities never share an answer or a request
/// @param label whose credentials those are, in words for people, without secrets
/// @param tenant for whom, a namespace: who has many of the same credentials take their turns
/// @param partition of AWS: `aws`, `aws-cn`, `aws-us-gov` …
/// @param account whose request budget the calls spend, twelve digits; empty when it is not known, as with plain access
/// keys: those of one partition share a budget
/// @param client asked at the moment of each call, so that rotated credentials take effect
public record Caller(
        String identity,
        String label,
        String tenant,
        String partition,
        String account,
        Supplier<Route53Client> client) {

    /// Whether the calls of both spend the same request budget.
    boolean sharesBudgetWith(Caller other) {
        return partition.equals(other.partition) && account.equals(other.account);
    }
}
