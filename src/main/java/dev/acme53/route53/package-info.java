/// Hosted zones, record changes and their propagation, with the AWS SDK inside; it knows no Kubernetes.
///
/// Every call blocks its (virtual) thread and every expected failure is a [Route53Failure]. Records that a call does
/// not mention stay as they are. Only the four actions of route53.md §1.2 are ever asked of AWS, and
/// `ListHostedZonesByName` only when no zone ID is known.
@NullMarked
package dev.acme53.route53;

import org.jspecify.annotations.NullMarked;
