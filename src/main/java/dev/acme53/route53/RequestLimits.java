package dev.acme53.route53;

/// How much of an AWS account's Route 53 quota the controller may use.
///
/// AWS allows an account ten requests a second, all its users together (route53.md §4.1).
///
/// @param perSecond the most requests a second, for an account
/// @param headroom the share of that, 0 to 1, which is left to others: consoles, Terraform, controllers of other
/// clusters
public record RequestLimits(double perSecond, double headroom) {
    /// Checks the bounds.
    /// @throws IllegalArgumentException when a bound is broken
    public RequestLimits {
        if (!(perSecond > 0) || !(headroom >= 0 && headroom < 1)) {
            throw new IllegalArgumentException("a rate above 0 and a headroom from 0 to below 1 are needed");
        }
    }

    /// Requests a second that remain.
    public double rate() {
        return perSecond * (1 - headroom);
    }

    /// Requests that may be made at once after a rest: of AWS's five seconds' worth the half.
    double burst() {
        return Math.max(1, rate() * 2.5);
    }
}
