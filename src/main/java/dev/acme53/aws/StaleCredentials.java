package dev.acme53.aws;

import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// Hears from every call of a client whether AWS took the credentials it was signed with, whoever made the call.
///
/// @param refused told the access key id of credentials that AWS did not take
record StaleCredentials(Consumer<String> refused) implements ExecutionInterceptor {
    private static final ExecutionAttribute<String> SIGNED_BY = new ExecutionAttribute<>("acme53.signed-by");
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/");

    /// What AWS says to a session that has expired or was revoked, and to keys that are gone.
    private static final Set<String> CODES = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "InvalidToken",
            "UnrecognizedClientException");

    static boolean isSaidBy(Throwable thrown) {
        return CODES.contains(code(thrown));
    }

    /// AWS's error code; empty when none came.
    static String code(Throwable thrown) {
        return thrown instanceof AwsServiceException answered && answered.awsErrorDetails() != null
                ? Objects.requireNonNullElse(answered.awsErrorDetails().errorCode(), "")
                : "";
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        context.httpRequest().firstMatchingHeader("Authorization").ifPresent(header -> {
            var credential = CREDENTIAL.matcher(header);
            if (credential.find()) {
                attributes.putAttribute(SIGNED_BY, credential.group(1));
            }
        });
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        var signedBy = attributes.getAttribute(SIGNED_BY);
        if (signedBy != null && isSaidBy(context.exception())) {
            refused.accept(signedBy);
        }
    }
}
