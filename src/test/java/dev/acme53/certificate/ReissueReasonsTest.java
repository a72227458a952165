package dev.acme53.certificate;

import static dev.acme53.certificate.APicture.KEY;
import static dev.acme53.certificate.APicture.NOW;
import static dev.acme53.certificate.APicture.OTHER_KEY;
import static dev.acme53.certificate.APicture.P384_KEY;
import static dev.acme53.certificate.APicture.annotation;
import static dev.acme53.certificate.APicture.data;
import static dev.acme53.certificate.APicture.read;
import static dev.acme53.certificate.APicture.request;
import static dev.acme53.certificate.APicture.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Bytes;
import dev.acme53.api.CertificateStatus;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.fixture.Csrs;
import dev.acme53.x509.PrivateKeys;
import dev.acme53.x509.TemporaryCertificates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A row per sentence of behaviour.md §1.2.1 and §1.8.
class ReissueReasonsTest {
    static Stream<Arguments> violations() {
        return Stream.of(
                row("1 Secret missing", "DoesNotExist", p -> with(p, new TargetSecret.Missing())),
                row(
                        "2 no data",
                        "MissingData",
                        p -> p.secret(s -> {
                            s.setData(null);
                            return s;
                        })),
                row("2 empty tls.key", "MissingData", p -> p.secret(data("tls.key", ""))),
                row("2 empty tls.crt", "MissingData", p -> p.secret(data("tls.crt", ""))),
                row("3 key not decodable", "InvalidKeyPair", p -> p.secret(data("tls.key", "nonsense"))),
                row("3 certificate not decodable", "InvalidCertificate", p -> p.secret(data("tls.crt", "nonsense"))),
                row(
                        "3 key of another certificate",
                        "InvalidKeyPair",
                        p -> p.secret(data("tls.key", PrivateKeys.encodePkcs1(OTHER_KEY)))),
                row(
                        "4 another issuer's name",
                        "IncorrectIssuer",
                        p -> p.secret(annotation("cert-manager.io/issuer-name", "other"))),
                row(
                        "4 another issuer's kind",
                        "IncorrectIssuer",
                        p -> p.secret(annotation("cert-manager.io/issuer-kind", "Issuer"))),
                row(
                        "4 another issuer's group",
                        "IncorrectIssuer",
                        p -> p.secret(annotation("cert-manager.io/issuer-group", "example.com"))),
                row(
                        "4 no issuer annotations, ClusterIssuer wanted",
                        "IncorrectIssuer",
                        p -> p.secret(ReissueReasonsTest::withoutIssuer)),
                row(
                        "5 written for another Certificate",
                        "IncorrectCertificate",
                        p -> p.secret(annotation("cert-manager.io/certificate-name", "other"))),
                row("6 another size", "SecretMismatch", p -> p.spec("privateKey: {algorithm: ECDSA, size: 384}")),
                row("6 another algorithm", "SecretMismatch", p -> p.spec("privateKey: {algorithm: RSA}")),
                row("6 RSA by default", "SecretMismatch", p -> p.spec("privateKey: {}")),
                row("7 the request is of another key", "SecretMismatch", p -> {
                    p.requests.set(0, request(1, OTHER_KEY, p.spec));
                    return p;
                }),
                row("7 the request's CSR is not decodable", "InvalidCertificateRequest", p -> {
                    p.requests.set(0, undecodable());
                    return p;
                }),
                row("8 a name more", "RequestChanged", p -> p.spec("dnsNames: [web.example.com, www.example.com]")),
                row("8 another issuer in the request", "RequestChanged", p -> {
                    p.requests.set(
                            0,
                            request(
                                    1,
                                    KEY,
                                    CertificateSpecs.with(p.spec, "issuerRef: {name: b, kind: ClusterIssuer}")));
                    return p;
                }),
                row("8b no request left, another name", "SecretMismatch", p -> {
                    p.requests.clear();
                    return p.spec("dnsNames: [www.example.com]");
                }),
                row("a temporary certificate", "IncorrectIssuer", p -> p.secret(data("tls.crt", temporary()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void eachCheckHasItsReasonInReadyAndInIssuing(String row, String reason, UnaryOperator<APicture> change) {
        var picture = change.apply(APicture.issued()).build();
        assertThat(ReissueReasons.forTrigger(picture).map(Violation::reason)).hasValue(reason);
        assertThat(ReissueReasons.forReadiness(picture).map(Violation::reason)).hasValue(reason);
        assertThat(ReissueReasons.forReadiness(picture).orElseThrow().message()).isNotBlank();
    }

    static Stream<Arguments> inOrder() {
        return Stream.of(
                fine("as issued", p -> p),
                fine("the issuer's defaults are written out in the spec", p -> {
                    p.spec("issuerRef: {name: le, kind: ClusterIssuer, group: cert-manager.io}");
                    return p;
                }),
                fine("no issuer annotations, an Issuer wanted", p -> {
                    p.spec("issuerRef: {name: le}");
                    p.requests.set(0, request(1, KEY, p.spec));
                    return p.secret(ReissueReasonsTest::withoutIssuer);
                }),
                fine(
                        "no certificate-name annotation",
                        p -> p.secret(annotation("cert-manager.io/certificate-name", null))),
                fine("encoding is not compared", p -> p.spec("privateKey: {algorithm: ECDSA, encoding: PKCS8}")),
                fine("nor are template, keystores, formats, history, renewal lead", p -> p.spec("""
                        secretTemplate: {labels: {a: b}}
                        keystores: {jks: {create: true, password: x}}
                        additionalOutputFormats: [{type: DER}]
                        revisionHistoryLimit: 3
                        renewBefore: 10h
                        """)),
                fine("the current request was deleted", p -> {
                    p.requests.clear();
                    return p;
                }),
                fine("no revision yet, as after a restore", p -> {
                    p.status = CertificateStatus.empty();
                    return p;
                }),
                fine(
                        "another certificate for the same key while the request is there",
                        p -> p.secret(data("tls.crt", chain("elsewhere.example.com")))),
                fine("the order of names", p -> {
                    p.spec("dnsNames: [b.example.com, a.example.com]");
                    p.requests.set(
                            0,
                            request(1, KEY, CertificateSpecs.with(p.spec, "dnsNames: [a.example.com, b.example.com]")));
                    return p;
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inOrder")
    void whatDoesNotMatterIsNoReason(String row, UnaryOperator<APicture> change) {
        var picture = change.apply(APicture.issued()).build();
        assertThat(ReissueReasons.forTrigger(picture)).isEmpty();
        assertThat(ReissueReasons.forReadiness(picture)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // ninety days from thirty days ago: due after sixty
        "29, , ",
        "30, Renewing, ",
        "59, Renewing, ",
        "60, Renewing, ",
        "61, Renewing, Expired"
    })
    void timeIsTheLastCheck(int days, String trigger, String ready) {
        var p = APicture.issued();
        p.now = NOW.plus(Duration.ofDays(days));
        var read = p.build();
        assertThat(ReissueReasons.forTrigger(read).map(Violation::reason)).isEqualTo(Optional.ofNullable(trigger));
        assertThat(ReissueReasons.forReadiness(read).map(Violation::reason)).isEqualTo(Optional.ofNullable(ready));
        p.target = new TargetSecret.InOrder("web", APicture.ISSUED, APicture.ISSUED.plus(Duration.ofDays(90)));
        var remembered = p.build();
        assertThat(ReissueReasons.forTrigger(remembered).map(Violation::reason))
                .isEqualTo(Optional.ofNullable(trigger));
        assertThat(ReissueReasons.forReadiness(remembered).map(Violation::reason))
                .isEqualTo(Optional.ofNullable(ready));
    }

    @Test
    void renewalDisabledLeavesOnlyTheOtherReasons() {
        var p = APicture.issued().spec("renewal: {policy: Disabled}");
        p.now = NOW.plus(Duration.ofDays(100));
        assertThat(ReissueReasons.forTrigger(p.build())).isEmpty();
        assertThat(ReissueReasons.forReadiness(p.build()).map(Violation::reason))
                .hasValue("Expired");
        p.secret(data("tls.key", ""));
        assertThat(ReissueReasons.forTrigger(p.build()).map(Violation::reason)).hasValue("MissingData");
    }

    @Test
    void theFirstCheckThatFailsCounts() {
        var p = APicture.issued().spec("privateKey: {algorithm: ECDSA, size: 384}");
        p.target = read(secret(p.spec, P384_KEY, 90));
        p.now = NOW.plus(Duration.ofDays(100));
        assertThat(ReissueReasons.forTrigger(p.build()).map(Violation::reason)).hasValue("SecretMismatch");
    }

    private static io.fabric8.kubernetes.api.model.Secret withoutIssuer(io.fabric8.kubernetes.api.model.Secret secret) {
        return annotation("cert-manager.io/issuer-name", null)
                .andThen(annotation("cert-manager.io/issuer-kind", null))
                .andThen(annotation("cert-manager.io/issuer-group", null))
                .apply(secret);
    }

    private static String temporary() {
        return TemporaryCertificates.sign(
                        Csrs.template("", APicture.NAMES), Duration.ofDays(90), KEY, NOW, new SplittableRandom(1))
                .orElseThrow();
    }

    private static String chain(String name) {
        return APicture.CA
                .chain(KEY.getPublic(), List.of(name), NOW, Duration.ofDays(90))
                .text();
    }

    private static OwnedRequest undecodable() {
        return APicture.with(request(1, KEY, CertificateSpecs.of("")), r -> {
            var s = r.getSpec();
            r.setSpec(new dev.acme53.api.CertificateRequestSpec(
                    s.duration(), s.issuerRef(), Bytes.ofText("x"), s.isCA(), s.usages(), null, null, null, null));
            return r;
        });
    }

    private static APicture with(APicture p, TargetSecret target) {
        p.target = target;
        return p;
    }

    private static Arguments row(String row, String reason, UnaryOperator<APicture> change) {
        return Arguments.of(row, reason, change);
    }

    private static Arguments fine(String row, UnaryOperator<APicture> change) {
        return Arguments.of(row, change);
    }
}
