package dev.acme53.aws;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sts.model.IdpCommunicationErrorException;

/// The SDK's retries within one call: its standard strategy, three attempts, after a network fault or an error of
/// AWS's own, or after STS could not ask the cluster for its keys.
///
/// Not after `PriorRequestNotComplete` and throttling: the SDK is through with those in a fraction of a second
/// (route53.md §3.8), while the zone stays busy and the account's budget empty. Their caller waits for them, with
/// seconds between tries and one caller at a time.
final class CallRetries {
    private static final int ATTEMPTS = 3;

    private CallRetries() {}

    static RetryStrategy strategy() {
        return DefaultRetryStrategy.standardStrategyBuilder()
                .useClientDefaults(false)
                .maxAttempts(ATTEMPTS)
                .retryOnException(CallRetries::mayBeRepeatedAtOnce)
                .build();
    }

    static boolean mayBeRepeatedAtOnce(Throwable thrown) {
        return switch (thrown) {
            case AwsServiceException answered ->
                (answered.statusCode() >= 500 && !RetryUtils.isThrottlingException(answered))
                        || answered instanceof IdpCommunicationErrorException;
            case ApiCallAttemptTimeoutException _ -> true;
            case SdkException unanswered -> causes(unanswered).anyMatch(IOException.class::isInstance);
            default -> false;
        };
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(10);
    }
}
