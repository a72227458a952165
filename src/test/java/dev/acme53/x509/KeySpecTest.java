package dev.acme53.x509;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySpecTest {
    @ParameterizedTest
    @CsvSource({
        ",        ,     RSA,     2048",
        "'',      0,    RSA,     2048",
        "RSA,     -1,   RSA,     2048",
        "RSA,     2049, RSA,     2049",
        "RSA,     8192, RSA,     8192",
        ",        4096, RSA,     4096",
        "ECDSA,   ,     ECDSA,   256",
        "ECDSA,   384,  ECDSA,   384",
        "ECDSA,   521,  ECDSA,   521",
        "Ed25519, 17,   ED25519, 256"
    })
    void whatACertificateAsksFor(String algorithm, Integer size, KeySpec.Algorithm expected, int bits) {
        assertThat(KeySpec.of(algorithm, size)).hasValue(new KeySpec(expected, bits));
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2047", "RSA, 8193", "ECDSA, 255", "ECDSA, 2048", "DSA, 2048", "rsa, 2048"})
    void whatNoCertificateCanHave(String algorithm, Integer size) {
        assertThat(KeySpec.of(algorithm, size)).isEmpty();
    }
}
