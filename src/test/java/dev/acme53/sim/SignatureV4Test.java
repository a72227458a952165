package dev.acme53.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The key, date and signatures are those of AWS's published Signature Version 4 test suite.
class SignatureV4Test {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    @ParameterizedTest
    @CsvSource({
        "GET, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "POST, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
    })
    void aRequestOfAwsTestSuiteVerifies(String method, String signature) {
        var request = request(method, "AKIDEXAMPLE", signature);
        var authorization = SignatureV4.authorization(request);
        assertThat(authorization.accessKeyId()).isEqualTo("AKIDEXAMPLE");
        SignatureV4.verify(request, authorization, "service", SECRET);
        assertThatThrownBy(() -> SignatureV4.verify(request, authorization, "service", SECRET + "x"))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo("SignatureDoesNotMatch"));
        assertThatThrownBy(() -> SignatureV4.verify(request, authorization, "route53", SECRET))
                .hasMessageContaining("correct service: 'route53'");
    }

    @Test
    void aRequestWithoutASignatureIsRefused() {
        var request = new Request("GET", "/", "", Map.of("host", "example.amazonaws.com"), new byte[0]);
        assertThatThrownBy(() -> SignatureV4.authorization(request)).hasMessage("Missing Authentication Token");
    }

    private static Request request(String method, String key, String signature) {
        return new Request(
                method,
                "/",
                "",
                Map.of(
                        "host", "example.amazonaws.com",
                        "x-amz-date", "20150830T123600Z",
                        "authorization",
                                "AWS4-HMAC-SHA256 Credential=%s/20150830/us-east-1/service/aws4_request, "
                                                .formatted(key)
                                        + "SignedHeaders=host;x-amz-date, Signature=" + signature),
                new byte[0]);
    }
}
