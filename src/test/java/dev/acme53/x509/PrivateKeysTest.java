package dev.acme53.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.x509.DecodedKey.Decoded;
import dev.acme53.x509.DecodedKey.Undecodable;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
    @ParameterizedTest
    @CsvSource({
        "rsa-pkcs1,          rsa-pkcs1",
        "rsa-pkcs8,          rsa-pkcs1",
        "ec-p256-sec1,       ec-p256-sec1",
        "ec-p256-pkcs8,      ec-p256-sec1",
        "ec-p256-no-public,  ec-p256-sec1",
        "ec-p384-sec1,       ec-p384-sec1",
        "ec-p384-pkcs8,      ec-p384-sec1",
        "ec-p521-sec1,       ec-p521-sec1",
        "ec-p521-pkcs8,      ec-p521-sec1",
        "ec-with-parameters, ec-with-parameters",
        "ed25519,            ed25519"
    })
    void aKeyOfOpensslIsReadAndItsPublicKeyDerived(String file, String publicKey) throws Exception {
        var pair = pair(Fixtures.bytes(file + ".pem"));
        var digest =
                MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(Fixtures.publicKeyDigest(publicKey));
        assertSigns(pair);
    }

    @ParameterizedTest
    @CsvSource({"rsa-pkcs1, rsa-pkcs8", "ec-p256-sec1, ec-p256-pkcs8", "ec-p521-sec1, ec-p521-pkcs8"})
    void theTwoEncodingsAreOctetForOctetThoseOfOpenssl(String own, String pkcs8) {
        var pair = pair(Fixtures.bytes(own + ".pem"));
        assertThat(PrivateKeys.encodePkcs1(pair)).isEqualTo(text(own));
        assertThat(PrivateKeys.encodePkcs8(pair)).isEqualTo(text(pkcs8));
    }

    @Test
    void ed25519IsPkcs8InEitherEncoding() {
        var pair = pair(Fixtures.bytes("ed25519.pem"));
        assertThat(PrivateKeys.encodePkcs1(pair)).isEqualTo(text("ed25519")).isEqualTo(PrivateKeys.encodePkcs8(pair));
    }

    @ParameterizedTest
    @CsvSource({
        "ed448,         not RSA",
        "ec-secp256k1,  not on P-256",
        "rsa-encrypted, encrypted",
        "leaf,          not a private key",
        "csr-plain,     not a private key"
    })
    void whatWeCannotUseIsRefusedWithAReason(String file, String reason) {
        assertThat(PrivateKeys.decodePem(Fixtures.bytes(file + ".pem")))
                .isInstanceOfSatisfying(
                        Undecodable.class, u -> assertThat(u.reason()).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "-----BEGIN PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
            })
    void textThatIsNoKeyIsRefused(String text) {
        assertThat(PrivateKeys.decodePem(text)).isInstanceOf(Undecodable.class);
    }

    @Test
    void textBeyondTheLimitIsRefusedUnread() {
        var limits = new PemLimits(1, 100, 1, 1);
        assertThat(PrivateKeys.decodePem(Fixtures.bytes("rsa-pkcs1.pem"), limits))
                .isInstanceOfSatisfying(
                        Undecodable.class, u -> assertThat(u.reason()).contains("limit of 100"));
    }

    @Test
    void anRsaKeyWhosePartsDoNotBelongTogetherIsRefused() {
        var one = (java.security.interfaces.RSAPrivateCrtKey)
                pair(Fixtures.bytes("rsa-pkcs1.pem")).getPrivate();
        var mixed = new org.bouncycastle.asn1.pkcs.RSAPrivateKey(
                one.getModulus(),
                one.getPublicExponent(),
                one.getPrivateExponent().add(java.math.BigInteger.TWO),
                one.getPrimeP(),
                one.getPrimeQ(),
                one.getPrimeExponentP(),
                one.getPrimeExponentQ(),
                one.getCrtCoefficient());
        assertThat(PrivateKeys.decodePem(Pem.encode(Pem.PKCS1, encoded(mixed))))
                .isInstanceOfSatisfying(
                        Undecodable.class, u -> assertThat(u.reason()).contains("do not belong together"));
    }

    static Stream<KeySpec> specs() {
        return Stream.of(
                KeySpec.DEFAULT,
                KeySpec.rsa(3072),
                KeySpec.ecdsa(256),
                KeySpec.ecdsa(384),
                KeySpec.ecdsa(521),
                KeySpec.ed25519());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aGeneratedKeySurvivesBothEncodingsAndMatchesItsSpecOnly(KeySpec spec) throws Exception {
        var pair = PrivateKeys.generate(spec);
        for (var pem : new String[] {PrivateKeys.encodePkcs1(pair), PrivateKeys.encodePkcs8(pair)}) {
            var read = pair(pem.getBytes(StandardCharsets.US_ASCII));
            assertThat(PrivateKeys.same(read.getPublic(), pair.getPublic())).isTrue();
            assertSigns(read);
        }
        assertThat(specs().filter(s -> PrivateKeys.matches(pair.getPublic(), s)))
                .containsExactly(spec);
    }

    @Test
    void thePkcs1DerOfAPublicKeyIsInsideItsSubjectPublicKeyInfo() {
        var key = (RSAPublicKey) pair(Fixtures.bytes("rsa-pkcs1.pem")).getPublic();
        var der = PrivateKeys.pkcs1Der(key);
        assertThat(HexFormat.of().formatHex(key.getEncoded()))
                .endsWith(HexFormat.of().formatHex(der));
    }

    @Test
    void thePkcs1DerIsThatOfAnRsaKeyOnly() {
        assertThatThrownBy(() ->
                        PrivateKeys.pkcs1Der(pair(Fixtures.bytes("ed25519.pem")).getPrivate()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedKeysNeverThrowAndNeverLeakIntoTheReason(long seed) {
        var random = new SplittableRandom(seed);
        var files = new String[] {"rsa-pkcs1", "rsa-pkcs8", "ec-p256-sec1", "ec-p384-pkcs8", "ed25519"};
        var file = files[random.nextInt(files.length)];
        var block = fixtureBlock(file);
        var damaged = Damage.of(block.der().octets(), random);
        var decoded = PrivateKeys.decodePem(Pem.encode(block.type(), damaged));
        if (decoded instanceof Undecodable(var reason)) {
            assertThat(reason).hasSizeLessThan(100);
        }
        assertThat(PrivateKeys.decodePem(Damage.of(Fixtures.bytes(file + ".pem"), random)))
                .isNotNull();
    }

    private static Pem.Block fixtureBlock(String file) {
        try {
            return Pem.blocks(Fixtures.bytes(file + ".pem"), 100_000).getFirst();
        } catch (Pem.Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] encoded(org.bouncycastle.asn1.ASN1Object object) {
        try {
            return object.getEncoded();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(String file) {
        return new String(Fixtures.bytes(file + ".pem"), StandardCharsets.US_ASCII);
    }

    private static KeyPair pair(byte[] pem) {
        return switch (PrivateKeys.decodePem(pem)) {
            case Decoded(var pair) -> pair;
            case Undecodable(var reason) -> throw new AssertionError(reason);
        };
    }

    private static void assertSigns(KeyPair pair) throws Exception {
        var algorithm = switch (pair.getPublic().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        var signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        signature.update(new byte[] {1, 2, 3});
        var signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update(new byte[] {1, 2, 3});
        assertThat(signature.verify(signed)).isTrue();
    }
}
