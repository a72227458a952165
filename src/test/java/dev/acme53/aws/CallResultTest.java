package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.route53.model.Route53Exception;

class CallResultTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            AccessDenied,             403, denied
            AccessDeniedException,    403, denied
            NotAuthorizedException,   403, denied
            ExpiredToken,             403, credentials
            InvalidClientTokenId,     403, credentials
            SignatureDoesNotMatch,    403, credentials
            Throttling,               400, throttled
            ThrottlingException,      400, throttled
            '',                       429, throttled
            PriorRequestNotComplete,  400, busy
            InvalidChangeBatch,       400, refused
            NoSuchHostedZone,         404, refused
            NoSuchChange,             404, refused
            InternalFailure,          500, failed
            ServiceUnavailable,       503, failed
            """)
    void whatAwsAnswersHasAResult(String code, int status, String result) {
        var answer = Route53Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
        assertThat(CallResult.of(answer).text()).isEqualTo(result);
    }

    @Test
    void noAnswerIsAFailure() {
        assertThat(CallResult.of(SdkClientException.create("no route", new IOException())))
                .isEqualTo(CallResult.FAILED);
    }
}
