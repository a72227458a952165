package dev.acme53.aws;

import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// How a call to AWS ended, as coarse as somebody who watches many of them wants it.
public enum CallResult {
    OK,
    /// The caller may not do this.
    DENIED,
    /// AWS does not take the credentials: expired, revoked, wrongly signed.
    CREDENTIALS,
    /// The account's request quota is spent.
    THROTTLED,
    /// Route 53 is at work on another change of the zone.
    BUSY,
    /// AWS finds fault with the request, or does not know what it names.
    REFUSED,
    /// A fault of AWS's own, of the network, or no answer in time.
    FAILED;

    private static final Set<String> SIGNATURE = Set.of(
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "RequestExpired",
            "AuthFailure");

    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int FAULT = 500;

    /// Of a call that threw.
    static CallResult of(Throwable thrown) {
        if (!(thrown instanceof AwsServiceException answered)) {
            return FAILED;
        }
        var code = StaleCredentials.code(answered);
        if (code.equals("PriorRequestNotComplete")) {
            return BUSY;
        }
        if (answered.isThrottlingException() || answered.statusCode() == TOO_MANY) {
            return THROTTLED;
        }
        if (StaleCredentials.isSaidBy(answered) || SIGNATURE.contains(code)) {
            return CREDENTIALS;
        }
        if (answered.statusCode() == FORBIDDEN) {
            return DENIED;
        }
        return answered.statusCode() >= FAULT ? FAILED : REFUSED;
    }

    /// In small letters.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
