package dev.acme53.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CleanedMessageTest {
    static Stream<Arguments> messages() {
        return Stream.of(
                same(
                        "User: arn:aws:iam::123456789012:user/x is not authorized to perform: route53:GetChange on resource: "
                                + "arn:aws:route53:::change/C1 because no identity-based policy allows it"),
                same("[Tried to delete resource record set [name='_acme-challenge.example.com.', type='TXT', "
                        + "set-identifier='\"LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo\"'] but it was not found]"),
                same("User: arn:aws:sts::123456789012:assumed-role/dns/cert-manager is not authorized"),
                Arguments.of(
                        "User: arn:aws:sts::123456789012:assumed-role/dns/aws-sdk-java-1764000000123 is not authorized",
                        "User: arn:aws:sts::123456789012:assumed-role/dns/… is not authorized"),
                Arguments.of(
                        "Rate exceeded (Service: Route53, Status Code: 400, Request ID: "
                                + "b25f48e8-84fd-11e6-80d9-574e0c4664cb) (SDK Attempt Count: 3)",
                        "Rate exceeded (SDK Attempt Count: 3)"),
                Arguments.of("No. RequestId: b25f48e8-84fd-11e6-80d9-574e0c4664cb", "No."),
                Arguments.of("No. Host ID: abc/def+ghi=", "No."),
                Arguments.of(
                        "Signature expired: 20261124T000000Z is now earlier than 20261124T001000Z "
                                + "(20261124T001500Z - 5 min.)",
                        "Signature expired: is now earlier than ( - 5 min.)"),
                Arguments.of("Token expired at 2026-11-24T00:00:00.123Z today", "Token expired at today"),
                Arguments.of(
                        "You are not authorized. Encoded authorization failure message: aBc-_123.x",
                        "You are not authorized."),
                Arguments.of("""
                        The request signature we calculated does not match the signature you provided.

                        The Canonical String for this request should have been
                        'POST
                        x-amz-security-token:TOKEN'""", "The request signature we calculated does not match the signature you provided."),
                Arguments.of("two\nlines\tand\u0007more", "two lines and more"));
    }

    private static Arguments same(String message) {
        return Arguments.of(message, message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatVariesOrMustNotBeShownIsTakenOut(String message, String cleaned) {
        assertThat(CleanedMessage.of(message)).isEqualTo(cleaned);
    }

    @Test
    void aMessageHasAnEnd() {
        assertThat(CleanedMessage.of("x".repeat(10_000))).hasSize(601).endsWith("…");
    }
}
