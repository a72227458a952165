package dev.acme53.route53;

import static dev.acme53.route53.FakeRoute53.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.acme53.route53.Route53Failures.Operation;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class Route53FailuresTest {
    @ParameterizedTest
    @CsvSource({
        // the documented errors of the four operations (Route 53 API reference, 2013-04-01)
        "400, InvalidChangeBatch, RejectedRecord",
        "400, InvalidInput, Permanent",
        "400, InvalidDomainName, Permanent",
        "404, NoSuchHealthCheck, Permanent",
        "404, NoSuchHostedZone, NoSuchZone",
        "404, NoSuchChange, Permanent",
        "400, PriorRequestNotComplete, Throttled",
        "400, Throttling, Throttled",
        // common errors of all of AWS
        "403, AccessDenied, Permanent",
        "403, AccessDeniedException, Permanent",
        "403, NotAuthorized, Permanent",
        "403, OptInRequired, Permanent",
        "400, MalformedInput, Permanent",
        "400, ValidationError, Permanent",
        "404, InvalidAction, Permanent",
        "400, ThrottlingException, Throttled",
        "429, TooManyRequestsException, Throttled",
        "429, SomethingNew, Throttled",
        "503, RequestLimitExceeded, Throttled",
        "403, ExpiredToken, BadCredentials",
        "400, ExpiredTokenException, BadCredentials",
        "403, InvalidClientTokenId, BadCredentials",
        "403, InvalidAccessKeyId, BadCredentials",
        "403, UnrecognizedClientException, BadCredentials",
        "403, SignatureDoesNotMatch, BadCredentials",
        "403, InvalidSignatureException, BadCredentials",
        "400, IncompleteSignature, BadCredentials",
        "403, MissingAuthenticationToken, BadCredentials",
        "400, RequestExpired, BadCredentials",
        "500, InternalFailure, Transient",
        "500, InternalServiceError, Transient",
        "503, ServiceUnavailable, Transient",
        "502, BadGateway, Transient",
        "418, SomethingNew, Permanent",
    })
    void everyDocumentedErrorHasItsClassAndItsText(int status, String code, String kind) {
        var failure = Route53Failures.of(Operation.CHANGE, error(status, code, "What AWS says."));
        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.message()).isEqualTo("failed to change Route 53 record set: " + code + ": What AWS says.");
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationSaysWhatFailed(Operation operation) {
        var expected = switch (operation) {
            case CHANGE -> "failed to change Route 53 record set: ";
            case ZONE -> "failed to determine Route 53 hosted zone ID: ";
            case RECORDS -> "failed to determine Route 53 hosted zone ID: route53:ListResourceRecordSets: ";
            case STATUS -> "failed to follow the Route 53 change with route53:GetChange: ";
        };
        assertThat(Route53Failures.of(operation, error(403, "AccessDenied", "no"))
                        .message())
                .isEqualTo(expected + "AccessDenied: no");
    }

    static Stream<Arguments> withoutAnswer() {
        return Stream.of(
                arguments(
                        caused(new UnknownHostException("sts.nowhere.amazonaws.com")),
                        "no such host: sts.nowhere.amazonaws.com"),
                arguments(caused(new ConnectException("to 10.0.0.1 port 4711")), "connection refused"),
                arguments(caused(new SocketTimeoutException("after 10001 ms")), "timed out"),
                arguments(caused(new SSLHandshakeException("certificate 17")), "no TLS connection"),
                arguments(ApiCallTimeoutException.create(30_000), "timed out"),
                arguments(ApiCallAttemptTimeoutException.create(10_000), "timed out"),
                arguments(SdkClientException.create("attempt 3 of request 17"), "no answer from AWS"));
    }

    private static SdkException caused(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request 4711", new RuntimeException(cause));
    }

    @ParameterizedTest
    @MethodSource("withoutAnswer")
    void noAnswerIsTransientAndItsTextIsOurs(SdkException e, String text) {
        assertThat(Route53Failures.of(Operation.CHANGE, e))
                .isEqualTo(new Route53Failure.Transient("failed to change Route 53 record set: " + text));
    }

    @Test
    void anAnswerThatIsNotAwssIsTransient() {
        assertThat(Route53Failures.of(Operation.CHANGE, FakeRoute53.unreadable(403, "<html>Proxy 4711</html>")))
                .isEqualTo(new Route53Failure.Transient("failed to change Route 53 record set: HTTP status 403"));
    }

    @Test
    void theLegacyFormOfInvalidChangeBatchShowsItsMessages() {
        assertThat(Route53Failures.of(Operation.CHANGE, FakeRoute53.legacyInvalidChangeBatch("name 'x' is bad")))
                .isEqualTo(new Route53Failure.RejectedRecord(
                        "failed to change Route 53 record set: InvalidChangeBatch: [name 'x' is bad]"));
    }

    @Test
    void anAnswerWithEntitiesIsNotRead() {
        var body =
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><InvalidChangeBatch><Messages><Message>&e;"
                        + "</Message></Messages></InvalidChangeBatch>";
        assertThat(Route53Failures.of(Operation.CHANGE, FakeRoute53.unreadable(400, body)))
                .isEqualTo(new Route53Failure.Transient("failed to change Route 53 record set: HTTP status 400"));
    }

    @Test
    void t64TheTextIsTheSameWhateverTheRequestId() {
        var one = error(403, "AccessDenied", denied("00000000-0000-0000-0000-000000000001")).toBuilder()
                .requestId("00000000-0000-0000-0000-000000000001")
                .build();
        var two = error(403, "AccessDenied", denied("00000000-0000-0000-0000-000000000002")).toBuilder()
                .requestId("00000000-0000-0000-0000-000000000002")
                .numAttempts(3)
                .build();
        assertThat(one.getMessage()).isNotEqualTo(two.getMessage());
        assertThat(Route53Failures.of(Operation.CHANGE, one)).isEqualTo(Route53Failures.of(Operation.CHANGE, two));
    }

    private static String denied(String requestId) {
        return "User: arn:aws:iam::123456789012:user/x is not authorized to perform: "
                + "route53:ChangeResourceRecordSets on resource: arn:aws:route53:::hostedzone/Z1 because no "
                + "identity-based policy allows the route53:ChangeResourceRecordSets action (Service: Route53, Status "
                + "Code: 403, Request ID: " + requestId + ")";
    }
}
