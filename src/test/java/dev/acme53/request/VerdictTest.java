package dev.acme53.request;

import static dev.acme53.request.ARequest.csr;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Bytes;
import dev.acme53.fixture.Csrs;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import dev.acme53.x509.TemporaryCertificates;
import java.security.KeyPair;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Bytes CSR = csr("", "example.com");

    @Test
    void aCertificateForTheKeyOfTheRequestIsGood() {
        assertThat(Verdict.of(CSR, certificateFor(ARequest.KEY))).isEqualTo(new Verdict.Good());
    }

    @Test
    void aCertificateForAnotherKeyIsUseless() {
        assertThat(Verdict.of(CSR, certificateFor(PrivateKeys.generate(KeySpec.ecdsa(256)))))
                .isEqualTo(new Verdict.Useless("the CA's certificate is for another key than the request's"));
    }

    @Test
    void whatIsNoCertificateIsUseless() {
        assertThat(Verdict.of(CSR, Bytes.ofText("<html>")))
                .isEqualTo(new Verdict.Useless("the CA's certificate cannot be read: no PEM block found"));
    }

    private static Bytes certificateFor(KeyPair pair) {
        var template = Csrs.template("", "example.com");
        return Bytes.ofText(
                TemporaryCertificates.sign(template, Duration.ofDays(1), pair, ARequest.NOW, new SplittableRandom(1))
                        .orElseThrow());
    }
}
