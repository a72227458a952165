package dev.acme53.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.fixture.Csrs;
import dev.acme53.x509.BuiltCsr.Built;
import dev.acme53.x509.BuiltCsr.Unbuildable;
import dev.acme53.x509.DecodedCsr.Decoded;
import dev.acme53.x509.DecodedCsr.Undecodable;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSigningRequestsTest {
    private static final KeyPair EC = key("ec-p256-sec1");
    private static final NameConstraints CONSTRAINTS = new NameConstraints(
            true,
            new NameConstraints.Subtrees(
                    List.of("example.com"),
                    List.of("10.0.0.0/8", "2001:db8::/33"),
                    List.of("@example.com"),
                    List.of(".example.com")),
            NameConstraints.Subtrees.NONE);

    @Test
    void aRequestOfOpensslIsReadInFull() {
        var csr = decoded(Fixtures.bytes("csr-everything.pem"));
        assertThat(csr.subject())
                .isEqualTo(new Subject(
                        "www.example.com",
                        "42",
                        List.of("DE"),
                        List.of("Ünal & Söhne"),
                        List.of("Netz"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
        assertThat(csr.dnsNames()).containsExactly("www.example.com", "*.example.com");
        assertThat(csr.emailAddresses()).containsExactly("a@example.com");
        assertThat(csr.ipAddresses()).containsExactly("192.0.2.1", "2001:db8::1");
        assertThat(csr.uris()).containsExactly("spiffe://x/y");
        assertThat(csr.otherNames()).containsExactly(new OtherName("1.3.6.1.4.1.311.20.2.3", "user@corp"));
        assertThat(csr.usages())
                .containsExactly(
                        "digital signature", "cert sign", "decipher only", "server auth", "client auth", "1.2.3.4");
        assertThat(csr.encodesUsages()).isTrue();
        assertThat(csr.encodesCa()).isTrue();
        assertThat(csr.isCa()).isTrue();
        assertThat(PrivateKeys.same(csr.publicKey(), EC.getPublic())).isTrue();
    }

    @Test
    void aRequestWithoutExtensionsHasNone() {
        var csr = decoded(Fixtures.bytes("csr-plain.pem"));
        assertThat(csr.commonName()).isEqualTo("plain.example.com");
        assertThat(csr.dnsNames()).isEmpty();
        assertThat(csr.usages()).isEmpty();
        assertThat(csr.encodesUsages()).isFalse();
        assertThat(csr.encodesCa()).isFalse();
        assertThat(csr.contradiction(true, List.of("any"))).isEmpty();
    }

    @Test
    void aRequestIsReadFromDerToo() {
        var csr = decoded(Fixtures.bytes("csr-ed25519.pem"));
        assertThat(csr.dnsNames()).containsExactly("ed.example.com");
        assertThat(decoded(csr.der().octets()).subjectDer()).isEqualTo(csr.subjectDer());
    }

    static Stream<KeyPair> keys() {
        return Stream.of("rsa-pkcs1", "ec-p256-sec1", "ec-p384-sec1", "ec-p521-sec1", "ed25519")
                .map(CertificateSigningRequestsTest::key);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void whatIsBuiltIsReadBackTheSame(KeyPair key) {
        var subject = new Subject(
                "www.example.com",
                "7",
                List.of("DE", "FR"),
                List.of("Org, Inc.", "Zweite"),
                List.of("Unit"),
                List.of("Ort"),
                List.of("Land"),
                List.of("Straße 1"),
                List.of("12345"));
        var template = new CsrTemplate(
                subject,
                null,
                List.of("www.example.com", "*.example.com"),
                List.of("a@example.com"),
                List.of("192.0.2.1", "2001:db8::1"),
                List.of("spiffe://x/y"),
                List.of(new OtherName("1.2.3.4", "größe")),
                List.of("signing", "server auth", "s/mime", "ipsec user"),
                true,
                true,
                CONSTRAINTS,
                null);
        var csr = decoded(built(template, key));
        // the values of one field are a set in DER, so their order is that of their octets
        assertThat(csr.subject().organizations()).containsExactlyInAnyOrder("Zweite", "Org, Inc.");
        assertThat(csr.subject().withSerialNumber(""))
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(subject.withSerialNumber(""));
        assertThat(csr.dnsNames()).isEqualTo(template.dnsNames());
        assertThat(csr.emailAddresses()).isEqualTo(template.emailAddresses());
        assertThat(csr.ipAddresses()).isEqualTo(template.ipAddresses());
        assertThat(csr.uris()).isEqualTo(template.uris());
        assertThat(csr.otherNames()).isEqualTo(template.otherNames());
        assertThat(csr.usages())
                .containsExactly("digital signature", "cert sign", "server auth", "email protection", "ipsec user");
        assertThat(csr.encodesCa()).isFalse();
        assertThat(csr.contradiction(true, template.usages())).isEmpty();
        assertThat(PrivateKeys.same(csr.publicKey(), key.getPublic())).isTrue();
    }

    @Test
    void theSubjectIsInTheOrderOfThePeerWithPrintableStringsWherePossible() {
        var subject = new Subject(
                "c*n", "9", List.of("DE"), List.of("O"), List.of(), List.of(), List.of(), List.of(), List.of("1"));
        var csr = decoded(built(template(subject, null, List.of(), List.of()), EC));
        assertThat(HexFormat.of().formatHex(csr.subjectDer().octets()))
                .isEqualTo("303f"
                        + "310b3009060355040613024445" // C, printable
                        + "310a3008060355040a13014f" // O
                        + "310a3008060355041113" + "0131" // postalCode
                        + "310c300a06035504030c03632a6e" // CN, UTF-8 because of the asterisk
                        + "310a30080603550405130139"); // serialNumber
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=foo,OU=Bar,O=Baz | 302a310c300a060355040a130342617a310c300a060355040b1303426172310c300a060355040313"
                        + "03666f6f",
                "DC=net               | 3015311330110" + "60a0992268993f22c6401191303" + "6e6574",
                "2.5.4.3=foo          | 300e310c300a06035504031303666f6f",
                "CN=#0c03666f6f       | 300e310c300a06035504031303666f6f",
                "CN=f\\,o             | 300e310c300a06035504031303662c6f"
            })
    void aLiteralSubjectGivesTheWholeNameLastPartFirst(String literal, String der) {
        assertThat(CertificateSigningRequests.literalSubject(literal)
                        .map(d -> HexFormat.of().formatHex(d.octets())))
                .hasValue(der);
        var csr =
                decoded(built(template(Subject.ofCommonName("unused"), literal, List.of("a.example"), List.of()), EC));
        assertThat(HexFormat.of().formatHex(csr.subjectDer().octets())).isEqualTo(der);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "cn=foo", "EMAIL=x", "CN=#02010", "CN=#020101", "CN", "=x", "1.2.=x"})
    void aLiteralSubjectThatIsNoNameOrHasAnUnknownAttributeIsRefused(String literal) {
        assertThat(CertificateSigningRequests.build(
                        template(Subject.EMPTY, literal, List.of("a.example"), List.of()), EC))
                .isInstanceOfSatisfying(
                        Unbuildable.class, u -> assertThat(u.reason()).contains("literalSubject"));
    }

    @Test
    void alternativeNamesAreCriticalOnlyWithoutASubject() throws Exception {
        for (var cn : List.of("", "a.example")) {
            var csr = new PKCS10CertificationRequest(
                    decoded(built(Csrs.template(cn, "a.example"), EC)).der().octets());
            assertThat(csr.getRequestedExtensions()
                            .getExtension(Extension.subjectAlternativeName)
                            .isCritical())
                    .isEqualTo(cn.isEmpty());
        }
    }

    @Test
    void theCommonNameIsNotAddedToTheAlternativeNames() {
        assertThat(decoded(built(Csrs.template("a.example"), EC)).dnsNames()).isEmpty();
    }

    @Test
    void usagesAreTheDefaultPairAndCriticalWhenNoneAreNamed() throws Exception {
        var csr = decoded(built(Csrs.template("", "a.example"), EC));
        assertThat(csr.usages()).containsExactly("digital signature", "key encipherment");
        var extensions = new PKCS10CertificationRequest(csr.der().octets()).getRequestedExtensions();
        assertThat(extensions.getExtension(Extension.keyUsage).isCritical()).isTrue();
        assertThat(extensions.getExtension(Extension.extendedKeyUsage)).isNull();
        assertThat(extensions.getExtension(Extension.basicConstraints)).isNull();
    }

    @Test
    void nameConstraintsHaveTheirOctetsAndTheirFlag() throws Exception {
        var t = template(Subject.ofCommonName("ca"), null, List.of(), List.of());
        var csr = decoded(built(
                new CsrTemplate(
                        t.subject(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        true,
                        CONSTRAINTS,
                        null),
                EC));
        assertThat(csr.encodesUsages()).isFalse();
        var extension = new PKCS10CertificationRequest(csr.der().octets())
                .getRequestedExtensions()
                .getExtension(Extension.nameConstraints);
        assertThat(extension.isCritical()).isTrue();
        var hex = HexFormat.of().formatHex(extension.getExtnValue().getOctets());
        assertThat(hex)
                .contains("820b" + "6578616d706c652e636f6d") // example.com
                .contains("8708" + "0a000000ff000000") // 10.0.0.0/8
                .contains("8720" + "20010db8000000000000000000000000" + "ffffffff800000000000000000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-pkcs1,    '',              1.2.840.113549.1.1.11",
        "rsa-pkcs1,    SHA512WithRSA,   1.2.840.113549.1.1.13",
        "ec-p256-sec1, '',              1.2.840.10045.4.3.2",
        "ec-p384-sec1, '',              1.2.840.10045.4.3.3",
        "ec-p521-sec1, '',              1.2.840.10045.4.3.4",
        "ec-p521-sec1, ECDSAWithSHA256, 1.2.840.10045.4.3.2",
        "ed25519,      '',              1.3.101.112",
        "ed25519,      PureEd25519,     1.3.101.112"
    })
    void theSignatureSuitsTheKeyUnlessTheSpecSaysOtherwise(String key, String wanted, String oid) throws Exception {
        var csr = decoded(built(signedWith(wanted), key(key)));
        assertThat(new PKCS10CertificationRequest(csr.der().octets())
                        .getSignatureAlgorithm()
                        .getAlgorithm()
                        .getId())
                .isEqualTo(oid);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-pkcs1, ECDSAWithSHA256",
        "ec-p256-sec1, PureEd25519",
        "ed25519, SHA256WithRSA",
        "rsa-pkcs1, MD5WithRSA"
    })
    void aSignatureThatDoesNotGoWithTheKeyIsRefused(String key, String wanted) {
        assertThat(CertificateSigningRequests.build(signedWith(wanted), key(key)))
                .isInstanceOfSatisfying(
                        Unbuildable.class, u -> assertThat(u.reason()).contains("signatureAlgorithm"));
    }

    static Stream<CsrTemplate> unbuildable() {
        return Stream.of(
                template(Subject.EMPTY, null, List.of(), List.of()),
                template(Subject.EMPTY, null, List.of("bücher.example"), List.of()),
                template(Subject.EMPTY, null, List.of(), List.of("1.2.3")),
                usages(List.of("flying")),
                others(List.of(new OtherName("1.x", "a"))),
                others(List.of(new OtherName("1.2.3", ""))));
    }

    @ParameterizedTest
    @MethodSource("unbuildable")
    void aWishThatCannotBePutIntoARequestIsRefused(CsrTemplate template) {
        assertThat(CertificateSigningRequests.build(template, EC)).isInstanceOf(Unbuildable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "true,  'digital signature;decipher only;server auth;client auth;any', false",
        "false, 'digital signature;decipher only',                             false",
        "true,  'digital signature;decipher only;client auth;server auth',     false"
    })
    void usagesAndCaFlagInTheRequestMustAgreeWithThoseBesideIt(boolean ca, String usages, boolean agrees) {
        var csr = decoded(Fixtures.bytes("csr-everything.pem"));
        assertThat(csr.contradiction(ca, List.of(usages.split(";"))).isEmpty()).isEqualTo(agrees);
    }

    @Test
    void aRequestWhoseSignatureIsAnothersIsRefused() {
        var der = decoded(Fixtures.bytes("csr-everything.pem")).der().octets();
        var at = new String(der, StandardCharsets.ISO_8859_1).indexOf("www.example.com");
        der[at] = 'x';
        assertThat(CertificateSigningRequests.decode(der))
                .isInstanceOfSatisfying(
                        Undecodable.class, u -> assertThat(u.reason()).contains("signature"));
        assertThat(CertificateSigningRequests.decodeUnverified(der, PemLimits.DEFAULTS))
                .isInstanceOf(Decoded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"leaf.pem", "rsa-pkcs1.pem", "csr.cnf"})
    void whatIsNoRequestIsRefused(String file) {
        assertThat(CertificateSigningRequests.decode(Fixtures.bytes(file))).isInstanceOf(Undecodable.class);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedRequestsNeverThrow(long seed) {
        var random = new SplittableRandom(seed);
        var whole = decoded(Fixtures.bytes("csr-everything.pem")).der().octets();
        var damaged = Damage.of(whole, random);
        assertThat(CertificateSigningRequests.decode(damaged)).isNotNull();
        assertThat(CertificateSigningRequests.decode(
                        Pem.encode(Pem.CERTIFICATE_REQUEST, damaged).getBytes(StandardCharsets.US_ASCII)))
                .isNotNull();
        assertThat(CertificateSigningRequests.decode(Damage.of(Fixtures.bytes("csr-everything.pem"), random)))
                .isNotNull();
    }

    private static CsrTemplate template(Subject subject, String literal, List<String> dns, List<String> ips) {
        return new CsrTemplate(
                subject, literal, dns, List.of(), ips, List.of(), List.of(), List.of(), true, false, null, null);
    }

    private static CsrTemplate signedWith(String algorithm) {
        return new CsrTemplate(
                Subject.EMPTY,
                "",
                List.of("a.example"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true,
                false,
                null,
                algorithm);
    }

    private static CsrTemplate usages(List<String> usages) {
        return new CsrTemplate(
                Subject.EMPTY,
                null,
                List.of("a.example"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                usages,
                true,
                false,
                null,
                null);
    }

    private static CsrTemplate others(List<OtherName> others) {
        return new CsrTemplate(
                Subject.EMPTY,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                others,
                List.of(),
                true,
                false,
                null,
                null);
    }

    private static byte[] built(CsrTemplate template, KeyPair key) {
        return switch (CertificateSigningRequests.build(template, key)) {
            case Built(var pem) -> pem.getBytes(StandardCharsets.US_ASCII);
            case Unbuildable(var reason) -> throw new AssertionError(reason);
        };
    }

    private static Csr decoded(byte[] request) {
        return switch (CertificateSigningRequests.decode(request)) {
            case Decoded(var csr) -> csr;
            case Undecodable(var reason) -> throw new AssertionError(reason);
        };
    }

    private static KeyPair key(String file) {
        return ((DecodedKey.Decoded) PrivateKeys.decodePem(Fixtures.bytes(file + ".pem"))).pair();
    }
}
