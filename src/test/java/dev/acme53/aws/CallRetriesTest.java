package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class CallRetriesTest {
    @ParameterizedTest
    @CsvSource({
        "500, InternalFailure, true",
        "503, ServiceUnavailable, true",
        "400, PriorRequestNotComplete, false",
        "400, Throttling, false",
        "429, TooManyRequestsException, false",
        "503, RequestLimitExceeded, false",
        "503, SlowDown, false",
        "403, AccessDenied, false",
        "403, ExpiredToken, false",
        "403, SignatureDoesNotMatch, false",
        "404, NoSuchHostedZone, false",
    })
    void onlyErrorsOfAwssOwnAreRepeatedAtOnce(int status, String code, boolean repeated) {
        var error = AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
        assertThat(CallRetries.mayBeRepeatedAtOnce(error)).isEqualTo(repeated);
    }

    @Test
    void networkFaultsAreRepeatedButNotTheEndOfPatience() {
        var unreachable = SdkClientException.create("no", new UncheckedIOException(new ConnectException()));
        assertThat(CallRetries.mayBeRepeatedAtOnce(unreachable)).isTrue();
        assertThat(CallRetries.mayBeRepeatedAtOnce(ApiCallAttemptTimeoutException.create(10_000)))
                .isTrue();
        assertThat(CallRetries.mayBeRepeatedAtOnce(ApiCallTimeoutException.create(30_000)))
                .isFalse();
        assertThat(CallRetries.mayBeRepeatedAtOnce(SdkClientException.create("no credentials")))
                .isFalse();
        assertThat(CallRetries.mayBeRepeatedAtOnce(new IllegalStateException())).isFalse();
    }
}
