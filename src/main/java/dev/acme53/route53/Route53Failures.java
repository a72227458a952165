package dev.acme53.route53;

import dev.acme53.names.CleanedMessage;
import dev.acme53.names.NetworkFault;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// What the SDK throws → [Route53Failure]. Its exceptions end here.
///
/// The message is made of the operation, AWS's code and AWS's cleaned message, never of `getMessage()`, which ends in a
/// request id that differs each time (route53.md R63 to R66).
final class Route53Failures {
    /// What was asked, as a message begins.
    enum Operation {
        CHANGE("failed to change Route 53 record set: "),
        ZONE("failed to determine Route 53 hosted zone ID: "),
        RECORDS("failed to determine Route 53 hosted zone ID: route53:ListResourceRecordSets: "),
        STATUS("failed to follow the Route 53 change with route53:GetChange: ");

        private final String prefix;

        Operation(String prefix) {
            this.prefix = prefix;
        }

        String saying(String text) {
            return prefix + text;
        }
    }

    static final String THROTTLING = "Throttling";
    static final String PRIOR_REQUEST_NOT_COMPLETE = "PriorRequestNotComplete";

    private static final Set<String> THROTTLED = Set.of(
            THROTTLING,
            PRIOR_REQUEST_NOT_COMPLETE,
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottled",
            "RequestThrottledException",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "BandwidthLimitExceeded",
            "SlowDown");

    private static final Set<String> CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "InvalidToken",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "RequestExpired",
            "AuthFailure");

    private Route53Failures() {}

    static Route53Failure of(Operation operation, SdkException e) {
        return e instanceof AwsServiceException answered && answered.awsErrorDetails() != null
                ? ofAnswer(operation, answered)
                : new Route53Failure.Transient(operation.saying(withoutAnswer(e)));
    }

    /// AWS's code, `InvalidChangeBatch` also for its old form, in which the SDK finds none; empty when there is none.
    static String code(SdkException e) {
        if (!(e instanceof AwsServiceException answered) || answered.awsErrorDetails() == null) {
            return "";
        }
        var code = answered.awsErrorDetails().errorCode();
        return code != null ? code : LegacyErrors.messages(answered).isEmpty() ? "" : LegacyErrors.CODE;
    }

    /// Whether the account's budget is spent, which is not the same as a busy zone.
    static boolean isOverRate(SdkException e) {
        var code = code(e);
        return !code.equals(PRIOR_REQUEST_NOT_COMPLETE)
                && (THROTTLED.contains(code)
                        || (e instanceof AwsServiceException answered && answered.statusCode() == 429));
    }

    /// AWS's own words without what differs from call to call.
    static String words(AwsServiceException e) {
        var legacy = LegacyErrors.messages(e);
        return CleanedMessage.of(
                legacy.isEmpty()
                        ? Objects.requireNonNullElse(e.awsErrorDetails().errorMessage(), "")
                        : legacy.toString());
    }

    /// What `InvalidChangeBatch` complains of, each thing in cleaned words. The whole may be long: one for each record.
    static List<Complaint> complaints(SdkException e) {
        if (!(e instanceof AwsServiceException answered)) {
            return List.of();
        }
        var legacy = LegacyErrors.messages(answered);
        var raw = legacy.isEmpty()
                ? Complaint.of(
                        Objects.requireNonNullElse(answered.awsErrorDetails().errorMessage(), ""))
                : legacy.stream().flatMap(m -> Complaint.of(m).stream()).toList();
        return raw.stream().map(c -> new Complaint(CleanedMessage.of(c.text()))).toList();
    }

    private static Route53Failure ofAnswer(Operation operation, AwsServiceException e) {
        var code = code(e);
        var words = words(e);
        var said = code.isEmpty() ? "HTTP status " + e.statusCode() : words.isEmpty() ? code : code + ": " + words;
        var message = operation.saying(said);
        if (THROTTLED.contains(code) || e.statusCode() == 429) {
            return new Route53Failure.Throttled(message);
        }
        if (CREDENTIALS.contains(code)) {
            return new Route53Failure.BadCredentials(message);
        }
        if (code.equals("NoSuchHostedZone")) {
            return new Route53Failure.NoSuchZone(message);
        }
        if (code.equals(LegacyErrors.CODE)) {
            return new Route53Failure.RejectedRecord(message);
        }
        // without a code it was not AWS that answered, but something on the way
        return e.statusCode() >= 500 || code.isEmpty()
                ? new Route53Failure.Transient(message)
                : new Route53Failure.Permanent(message);
    }

    private static String withoutAnswer(SdkException e) {
        return switch (e) {
            case AbortedException _ -> "interrupted: the controller stops";
            case ApiCallTimeoutException _ -> "timed out";
            case ApiCallAttemptTimeoutException _ -> "timed out";
            default -> NetworkFault.words(e).orElse("no answer from AWS");
        };
    }
}
