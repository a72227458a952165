package dev.acme53.aws;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// The texts with which a solver's settings are refused (route53.md §2.7), the same from one try to the next.
final class Refusals {
    private static final String INSTANTIATING = "error instantiating route53 challenge solver: ";
    private static final String CONSTRUCTING = INSTANTIATING + "unable to construct route53 provider: ";

    static final String ROLE_MISSING = CONSTRUCTING + "role must be set when web identity token is set";
    static final String NO_CREDENTIALS =
            CONSTRUCTING + "empty credentials; perhaps you meant to enable ambient credentials?";
    static final String NO_AMBIENT = CONSTRUCTING
            + "no credentials of the controller's own were found in the environment, a web identity token, shared files,"
            + " a container's endpoint or the instance metadata";
    static final String NO_SERVICE_ACCOUNT = "service account name is required for Kubernetes auth";
    static final String HALF_OF_THE_KEYS = CONSTRUCTING + "only one of access and secret key was provided";
    static final String NO_REGION = CONSTRUCTING
            + "Missing Region: set dns01.route53.region in the issuer's solver, or AWS_REGION or AWS_DEFAULT_REGION for the"
            + " controller";
    static final String MALFORMED_REGION = CONSTRUCTING
            + "the region is not the name of one: dns01.route53.region in the issuer's solver, AWS_REGION and"
            + " AWS_DEFAULT_REGION may hold lower-case letters, digits and hyphens only";
    static final String MALFORMED_ROLE =
            INSTANTIATING + "unable to assume role: dns01.route53.role is not the ARN of an IAM role";
    static final String SERVICE_ACCOUNT = CONSTRUCTING
            + "auth.kubernetes.serviceAccountRef is not served yet: use accessKeyIDSecretRef and"
            + " secretAccessKeySecretRef, or the controller's own credentials";

    private Refusals() {}

    /// STS said no, or was not reached, when asked for `role`.
    static String roleRefused(SdkException e) {
        return INSTANTIATING + "unable to assume role: " + cause(e);
    }

    /// AWS's code and message without request ids. Of a client-side fault only its kind is told: its text may
    /// change from one try to the next.
    private static String cause(SdkException e) {
        if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            var details = service.awsErrorDetails();
            return "operation error STS: AssumeRole, " + details.errorCode() + ": " + details.errorMessage();
        }
        return "operation error STS: AssumeRole, no answer from AWS STS, or no credentials to ask it with";
    }
}
