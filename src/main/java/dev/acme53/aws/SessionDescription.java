package dev.acme53.aws;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who and where a solver is to AWS, and why, in words without secrets.
///
/// @param source whose credentials come first: `access keys of Secret team-a/aws`,
/// `ServiceAccount team-a/dns`, `environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY` …
/// @param ambient whether those are the controller's own
/// @param roles the ARNs of the roles taken on from there, in order, one call of STS each; a role that was known to be
/// held already is not among them
/// @param region what Route 53 and STS are asked in
/// @param regionFrom where the region was found: `dns01.route53.region`, `AWS_REGION` …
/// @param partition of AWS: `aws`, `aws-cn`, `aws-us-gov` …
/// @param route53 the endpoint
/// @param signingRegion what calls to Route 53 are signed for
/// @param sts the endpoint
public record SessionDescription(
        String source,
        boolean ambient,
        List<String> roles,
        String region,
        String regionFrom,
        String partition,
        URI route53,
        String signingRegion,
        URI sts) {
    private static final Pattern ACCOUNT = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):role/.*");

    public SessionDescription {
        roles = List.copyOf(roles);
    }

    /// Whose credentials they are, in one line: the last role, or where credentials without one come from.
    public String label() {
        return roles.isEmpty() ? source : roles.getLast();
    }

    /// The account that the last role belongs to: twelve digits. Empty without a role, since only AWS could tell then.
    public Optional<String> account() {
        if (roles.isEmpty()) {
            return Optional.empty();
        }
        var arn = ACCOUNT.matcher(roles.getLast());
        return arn.matches() ? Optional.of(arn.group(1)) : Optional.empty();
    }
}
