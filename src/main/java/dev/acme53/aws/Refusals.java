package dev.acme53.aws;

import dev.acme53.names.CleanedMessage;
import io.fabric8.kubernetes.client.KubernetesClientException;

/// The texts with which a solver's settings are refused (route53.md §2.7), the same from one try to the next.
final class Refusals {
    private static final String INSTANTIATING = "error instantiating route53 challenge solver: ";
    private static final String CONSTRUCTING = INSTANTIATING + "unable to construct route53 provider: ";

    static final String ROLE_MISSING = CONSTRUCTING + "role must be set when web identity token is set";
    static final String NO_CREDENTIALS =
            CONSTRUCTING + "empty credentials; perhaps you meant to enable ambient credentials?";
    static final String HALF_OF_THE_KEYS = CONSTRUCTING + "only one of access and secret key was provided";
    static final String NO_SERVICE_ACCOUNT = "service account name is required for Kubernetes auth";
    static final String NO_AMBIENT = ambient(
            "none is configured: no environment keys, web identity token, shared files or container endpoint, and"
                    + " AWS_EC2_METADATA_DISABLED rules the instance metadata out");
    static final String NO_REGION = CONSTRUCTING
            + "Missing Region: set dns01.route53.region in the issuer's solver, or AWS_REGION or AWS_DEFAULT_REGION for the"
            + " controller";
    static final String NO_ENDPOINT = CONSTRUCTING
            + "AWS has no such endpoint for the region: check AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT, which"
            + " do not go together with every region or with AWS_ENDPOINT_URL";

    static final String ROLE = INSTANTIATING + "unable to assume role: ";
    static final String WEB_IDENTITY = INSTANTIATING + "unable to assume role with web identity: ";
    static final String MALFORMED_ROLE = "dns01.route53.role is not the ARN of an IAM role";
    static final String ROLE_DENIED_HINT =
            " (the caller needs sts:AssumeRole on the role, and the role's trust policy must name the caller)";

    private Refusals() {}

    /// The controller's own credentials cannot be had.
    static String ambient(String why) {
        return CONSTRUCTING + "the controller's own credentials: " + why;
    }

    /// Without the text, which anyone may have written.
    static String malformedRegion(String from) {
        return CONSTRUCTING + "the region is not the name of one: " + from
                + " must name a region of AWS, such as eu-west-1, in lower-case letters, digits and hyphens";
    }

    /// A setting of the controller's environment or profile cannot be used.
    static String setting(String why) {
        return CONSTRUCTING + why;
    }

    static String tokenRefused(CredentialSource.ServiceAccount account, String why) {
        return "error getting service account token: failed to request token for " + account.namespace() + "/"
                + account.name() + ": " + why;
    }

    /// As the API server says it of a name that it does not know.
    static String noSuchAccount(CredentialSource.ServiceAccount account) {
        return CleanedMessage.of(tokenRefused(account, "serviceaccounts \"" + account.name() + "\" not found"));
    }

    /// The API server's own words without what changes; without an answer ours.
    static String apiServer(KubernetesClientException e) {
        var status = e.getStatus();
        return status == null || status.getMessage() == null
                ? "the API server did not answer"
                : CleanedMessage.of(status.getMessage());
    }

    /// What to look at when STS refused a token.
    static String webIdentityHint(String code, String subject) {
        return switch (code) {
            case "AccessDenied" ->
                " (the role's trust policy must allow sts:AssumeRoleWithWebIdentity to this cluster's OIDC provider"
                        + (subject.isEmpty() ? "" : " for sub " + subject)
                        + ", and its condition on aud, if any, must hold)";
            case "InvalidIdentityToken", "InvalidIdentityTokenException" ->
                " (the role's account needs an IAM OIDC provider for this cluster's issuer that lists the token's"
                        + " audience)";
            default -> "";
        };
    }
}
