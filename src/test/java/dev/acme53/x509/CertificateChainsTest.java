package dev.acme53.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.fixture.Csrs;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateChainsTest {
    @Test
    void theLeafSaysWhatOpensslWrote() {
        var leaf = leaf(Fixtures.bytes("chain.pem"));
        assertThat(leaf.commonName()).isEqualTo("www.example.com");
        assertThat(leaf.subject().organizations()).containsExactly("Ünal & Söhne");
        assertThat(leaf.subject().serialNumber()).isEqualTo("42");
        assertThat(leaf.issuer().commonName()).isEqualTo("Test Root");
        assertThat(leaf.isTemporary()).isFalse();
        assertThat(leaf.dnsNames()).containsExactly("www.example.com", "example.com");
        assertThat(leaf.emailAddresses()).containsExactly("a@example.com");
        assertThat(leaf.ipAddresses()).containsExactly("192.0.2.1", "2001:db8::1");
        assertThat(leaf.uris()).containsExactly("spiffe://x/y");
        assertThat(leaf.notAfter()).isEqualTo(leaf.notBefore().plus(Duration.ofDays(90)));
        assertThat(leaf.serialNumber()).isEqualTo(new BigInteger("8899aabbccddeeff00", 16));
        var rootKeyId = chain(Fixtures.bytes("root.pem")).getFirst().getExtensionValue("2.5.29.14");
        assertThat(HexFormat.of().formatHex(rootKeyId))
                .endsWith(HexFormat.of().formatHex(leaf.authorityKeyId().octets()));
        assertThat(PrivateKeys.same(leaf.publicKey(), leafKey("ec-p256-sec1").getPublic()))
                .isTrue();
    }

    @Test
    void aCertificateIsExpiredAfterItsLastSecond() {
        var leaf = leaf(Fixtures.bytes("leaf.pem"));
        assertThat(leaf.isExpired(leaf.notAfter())).isFalse();
        assertThat(leaf.isExpired(leaf.notAfter().plusSeconds(1))).isTrue();
    }

    @Test
    void aChainKeepsItsOrder() {
        var chain = chain(Fixtures.bytes("chain.pem"));
        assertThat(chain).hasSize(2);
        assertThat(chain.getLast().getSubjectX500Principal().getName()).isEqualTo("CN=Test Root");
    }

    @Test
    void textAroundTheBlocksIsLeftOut() {
        var pem = "subject=x\n" + new String(Fixtures.bytes("leaf.pem"), StandardCharsets.US_ASCII) + "\n\nbye\n";
        assertThat(chain(pem.getBytes(StandardCharsets.US_ASCII))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs1.pem", "csr-plain.pem", "leaf.cnf"})
    void whatIsNoCertificateIsRefused(String file) {
        assertThat(CertificateChains.decode(Fixtures.bytes(file))).isInstanceOf(DecodedChain.Undecodable.class);
        assertThat(CertificateChains.leaf(Fixtures.bytes(file))).isInstanceOf(DecodedLeaf.Undecodable.class);
    }

    @Test
    void aChainBeyondTheLimitIsRefused() {
        var limits = new PemLimits(1, 1, 1000, 1);
        assertThat(CertificateChains.decode(Fixtures.bytes("chain.pem"), limits))
                .isEqualTo(new DecodedChain.Undecodable("PEM text of " + Fixtures.bytes("chain.pem").length
                        + " octets is longer than the limit of 1000"));
    }

    @Test
    void aTemporaryCertificateSaysWhatWasAskedAndThatItIsTemporary() throws Exception {
        var key = PrivateKeys.generate(KeySpec.ecdsa(256));
        var now = Instant.parse("2026-11-24T12:00:00Z");
        var template = Csrs.template("www.example.com", "www.example.com", "*.example.com");
        var pem = TemporaryCertificates.sign(template, Duration.ofDays(90), key, now, new SplittableRandom(1))
                .orElseThrow()
                .getBytes(StandardCharsets.US_ASCII);
        var leaf = leaf(pem);
        assertThat(leaf.commonName()).isEqualTo("www.example.com");
        assertThat(leaf.subject().serialNumber()).isEqualTo("1234567890");
        assertThat(leaf.isTemporary()).isTrue();
        assertThat(leaf.dnsNames()).containsExactly("www.example.com", "*.example.com");
        assertThat(leaf.notBefore()).isEqualTo(now);
        assertThat(leaf.notAfter()).isEqualTo(leaf.notBefore().plus(Duration.ofDays(90)));
        assertThat(PrivateKeys.same(leaf.publicKey(), key.getPublic())).isTrue();
        var certificate = chain(pem).getFirst();
        assertThat(certificate.getIssuerX500Principal().getName()).isEqualTo("CN=cert-manager.local");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getKeyUsage()).startsWith(true, false, true, false);
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA512withECDSA");
    }

    @Test
    void aTemplateThatCannotBePutIntoACertificateGivesNoTemporaryOne() {
        var key = PrivateKeys.generate(KeySpec.ed25519());
        var template = Csrs.template("", "bücher.example");
        assertThat(TemporaryCertificates.sign(
                        template, Duration.ofDays(90), key, Instant.EPOCH, new SplittableRandom(1)))
                .isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedCertificatesNeverThrow(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var damaged = Damage.of(chain(Fixtures.bytes("leaf.pem")).getFirst().getEncoded(), random);
        var pem = Pem.encode(Pem.CERTIFICATE, damaged).getBytes(StandardCharsets.US_ASCII);
        assertThat(CertificateChains.decode(pem)).isNotNull();
        assertThat(CertificateChains.leaf(pem)).isNotNull();
        assertThat(CertificateChains.leaf(Damage.of(Fixtures.bytes("chain.pem"), random)))
                .isNotNull();
    }

    private static Leaf leaf(byte[] pem) {
        return switch (CertificateChains.leaf(pem)) {
            case DecodedLeaf.Decoded(var leaf) -> leaf;
            case DecodedLeaf.Undecodable(var reason) -> throw new AssertionError(reason);
        };
    }

    private static List<X509Certificate> chain(byte[] pem) {
        return switch (CertificateChains.decode(pem)) {
            case DecodedChain.Decoded(var chain) -> chain;
            case DecodedChain.Undecodable(var reason) -> throw new AssertionError(reason);
        };
    }

    private static java.security.KeyPair leafKey(String file) {
        return ((DecodedKey.Decoded) PrivateKeys.decodePem(Fixtures.bytes(file + ".pem"))).pair();
    }
}
