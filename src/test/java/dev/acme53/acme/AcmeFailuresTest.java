package dev.acme53.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.acme.AcmeFailure.ActionRequired;
import dev.acme53.acme.AcmeFailure.NotSent;
import dev.acme53.acme.AcmeFailure.Problem;
import dev.acme53.acme.AcmeFailure.RateLimited;
import dev.acme53.acme.AcmeFailure.Transient;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.toolbox.JSON;

class AcmeFailuresTest {
    private static final URI CA = URI.create("https://ca.example/directory");
    private static final Optional<Instant> LATER = Optional.of(Instant.parse("2026-11-24T12:00:00Z"));

    @ParameterizedTest(name = "{0} with {1} is for good")
    @CsvSource({
        "accountDoesNotExist, 400",
        "alreadyReplaced, 409",
        "alreadyRevoked, 400",
        "badCSR, 400",
        "badPublicKey, 400",
        "badRevocationReason, 400",
        "badSignatureAlgorithm, 400",
        "caa, 403",
        "compound, 400",
        "connection, 400",
        "dns, 400",
        "externalAccountRequired, 403",
        "incorrectResponse, 403",
        "invalidContact, 400",
        "invalidProfile, 400",
        "malformed, 400",
        "orderNotReady, 403",
        "rejectedIdentifier, 400",
        "tls, 400",
        "unauthorized, 401",
        "unsupportedContact, 400",
        "unsupportedIdentifier, 400"
    })
    void whatTheCaRefusesIsForGood(String type, int status) {
        assertThat(AcmeFailures.problem(problem(type, "because"), status, LATER))
                .isEqualTo(new Problem(status, type, type + ": because"));
    }

    @ParameterizedTest(name = "{0} with {1} is the CA''s own trouble")
    @CsvSource({"malformed, 500", "unauthorized, 503", "connection, 502", "caa, 504", "dns, 408", "serverInternal, 400"
    })
    void theCasOwnTroubleIsTriedAgainWhenTheCaSays(String type, int status) {
        assertThat(AcmeFailures.problem(problem(type, "because"), status, LATER))
                .isEqualTo(new Transient(type + ": because", LATER));
    }

    @ParameterizedTest
    @CsvSource({"rateLimited, 429", "rateLimited, 403", "malformed, 429"})
    void rateLimitsAreThatByTypeOrByStatus(String type, int status) {
        assertThat(AcmeFailures.problem(problem(type, "too many"), status, LATER))
                .isEqualTo(new RateLimited(type + ": too many", LATER));
    }

    @Test
    void aRefusedNonceIsTriedAgainAndNotQuoted() {
        assertThat(AcmeFailures.problem(problem("badNonce", "JWS has an invalid anti-replay nonce: x1Y2"), 400, LATER))
                .isEqualTo(new Transient("badNonce", LATER));
    }

    @Test
    void aPersonIsNeededWhereTheProblemPointsTo() {
        assertThat(AcmeFailures.problem(JSON.parse("""
                                {"type": "urn:ietf:params:acme:error:userActionRequired", "detail": "Terms changed",
                                 "instance": "https://ca.example/terms/7"}"""), 403, Optional.empty()))
                .isEqualTo(new ActionRequired(
                        "userActionRequired: Terms changed", URI.create("https://ca.example/terms/7")));
    }

    @Test
    void aPersonWithoutAPlaceToGoIsAPlainRefusal() {
        assertThat(AcmeFailures.problem(problem("userActionRequired", "Terms changed"), 403, Optional.empty()))
                .isEqualTo(new Problem(403, "userActionRequired", "userActionRequired: Terms changed"));
    }

    @Test
    void subproblemsStandInParenthesesWithTheirNames() {
        assertThat(AcmeFailures.problem(JSON.parse("""
                {"type": "urn:ietf:params:acme:error:rejectedIdentifier", "detail": "Some are refused",
                 "subproblems": [
                  {"type": "urn:ietf:params:acme:error:malformed", "detail": "Invalid underscore",
                   "identifier": {"type": "dns", "value": "_a.example"}},
                  {"type": "urn:ietf:params:acme:error:caa", "identifier": {"type": "dns", "value": "b.example"}}]}"""), 400, Optional.empty()).message())
                .isEqualTo("rejectedIdentifier: Some are refused"
                        + " (_a.example: malformed: Invalid underscore; b.example: caa)");
    }

    @ParameterizedTest
    @MethodSource("oddProblems")
    void anOddProblemDocumentStillGivesOneLine(String json, String message) {
        assertThat(AcmeFailures.problem(JSON.parse(json), 400, Optional.empty()).message())
                .isEqualTo(message);
    }

    static Stream<Arguments> oddProblems() {
        return Stream.of(
                Arguments.of("{}", "no reason given"),
                Arguments.of("{\"type\": \"about:blank\", \"title\": \"Forbidden\"}", "Forbidden"),
                Arguments.of("{\"type\": \"https://ca.example/odd\", \"detail\": \"x\"}", "https://ca.example/odd: x"),
                Arguments.of("{\"detail\": \"two\\nlines\\u0007  and\\tmore\"}", "two lines and more"),
                Arguments.of("{\"type\": \"urn:ietf:params:acme:error:dns\", \"subproblems\": []}", "dns"),
                Arguments.of("{\"detail\": \"" + "x".repeat(9000) + "\"}", "x".repeat(500) + "…"));
    }

    @ParameterizedTest
    @CsvSource({"400, PROBLEM", "404, PROBLEM", "408, TRANSIENT", "429, LIMITED", "500, TRANSIENT", "503, TRANSIENT"})
    void anAnswerThatIsNoProblemDocumentGoesByItsStatus(int status, String kind) {
        var message = "HTTP " + status + " from https://ca.example/directory";
        assertThat(AcmeFailures.of(new AcmeException("HTTP " + status), status, LATER, CA))
                .isEqualTo(
                        switch (kind) {
                            case "PROBLEM" -> new Problem(status, "", message);
                            case "LIMITED" -> new RateLimited(message, LATER);
                            default -> new Transient(message, LATER);
                        });
    }

    @ParameterizedTest
    @MethodSource("networkFaults")
    void networkFaultsAreTriedAgainAndTheirTextsAreStable(IOException fault, String text) {
        assertThat(AcmeFailures.of(new AcmeNetworkException(fault), 999, Optional.empty(), CA))
                .isEqualTo(new Transient("https://ca.example/directory: " + text, Optional.empty()));
    }

    static Stream<Arguments> networkFaults() {
        return Stream.of(
                Arguments.of(new UnknownHostException("ca.example"), "the host name cannot be resolved"),
                Arguments.of(
                        causing(new ConnectException(), new UnresolvedAddressException()),
                        "the host name cannot be resolved"),
                Arguments.of(new ConnectException("127.0.0.1:53412"), "the connection is refused"),
                Arguments.of(new HttpTimeoutException("request timed out"), "no answer in time"),
                Arguments.of(new HttpConnectTimeoutException("timed out"), "no answer in time"),
                Arguments.of(new EOFException("EOF reached at 17:31"), "the connection broke"),
                Arguments.of(new IOException("body exceeds capacity: 1048576"), "the connection broke"),
                Arguments.of(new SSLHandshakeException("handshake_failure"), "the TLS connection fails"),
                Arguments.of(
                        causing(
                                new SSLHandshakeException("PKIX path building failed"),
                                new CertificateException(new CertPathBuilderException("unable to find path"))),
                        "its TLS certificate is signed by nobody that is trusted (see caBundle)"),
                Arguments.of(
                        causing(
                                new SSLHandshakeException("PKIX path validation failed"),
                                new CertificateException(new CertPathValidatorException("signature check failed"))),
                        "its TLS certificate is signed by nobody that is trusted (see caBundle)"),
                Arguments.of(
                        causing(
                                new SSLHandshakeException("expired"),
                                new CertificateException(new CertPathValidatorException(
                                        new CertificateExpiredException("NotAfter: Tue Nov 24 17:31:02")))),
                        "its TLS certificate has expired"),
                Arguments.of(
                        causing(
                                new SSLHandshakeException("No subject alternative"),
                                new CertificateException("No subject alternative DNS name matching")),
                        "its TLS certificate is not for this host name"));
    }

    @Test
    void aUrlOfAnotherHostIsNotAsked() throws Exception {
        var foreign = new CaConnection.ForeignUrl(
                URI.create("https://169.254.169.254/latest?x=y").toURL());
        assertThat(AcmeFailures.of(new AcmeNetworkException(foreign), 999, Optional.empty(), CA))
                .isEqualTo(new NotSent("https://169.254.169.254 is not a host of the CA at"
                        + " https://ca.example/directory, so it is not asked"));
    }

    @Test
    void whereACaLeadsToAMetadataAddressItIsNotAsked() {
        var unasked = new CaHttp.Unasked(URI.create("https://169.254.169.254/latest?x=y"));
        assertThat(AcmeFailures.of(new AcmeNetworkException(unasked), 999, Optional.empty(), CA))
                .isEqualTo(new NotSent("https://169.254.169.254, where the CA at https://ca.example/directory leads,"
                        + " is a link-local or metadata address, so it is not asked"));
    }

    @Test
    void whatCannotBeReadIsTriedAgain() {
        assertThat(AcmeFailures.of(new AcmeProtocolException("Invalid replay nonce: §"), 200, LATER, CA))
                .isEqualTo(new Transient("https://ca.example/directory does not answer as an ACME server", LATER));
    }

    @Test
    void ourOwnFaultsAreNotTakenForTheCas() {
        assertThatThrownBy(() -> AcmeFailures.of(new IllegalStateException("bug"), 200, LATER, CA))
                .hasMessage("bug");
    }

    private static JSON problem(String type, String detail) {
        return JSON.parse("{\"type\": \"urn:ietf:params:acme:error:" + type + "\", \"detail\": \"" + detail + "\"}");
    }

    private static <T extends IOException> T causing(T fault, Throwable cause) {
        fault.initCause(cause);
        return fault;
    }
}
