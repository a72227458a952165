package dev.acme53.certificate;

import static dev.acme53.certificate.APicture.CA;
import static dev.acme53.certificate.APicture.KEY;
import static dev.acme53.certificate.APicture.NOW;
import static dev.acme53.certificate.APicture.OTHER_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Bytes;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.x509.PemLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssuedCertificateTest {
    @Test
    void aCertificateForTheRequestedKeyIsUsed() {
        assertThat(judge(CA.chain(KEY.getPublic(), List.of("web.example.com"), NOW, Duration.ofDays(1))))
                .isInstanceOfSatisfying(
                        IssuedCertificate.Usable.class,
                        u -> assertThat(u.leaf().dnsNames()).containsExactly("web.example.com"));
    }

    @Test
    void aCertificateThatCannotBeReadIsNot() {
        assertThat(unusable(Bytes.EMPTY)).contains("cannot be read");
        assertThat(unusable(Bytes.ofText("x"))).contains("cannot be read");
    }

    @Test
    void aCertificateForAnotherKeyIsNot() {
        assertThat(unusable(CA.chain(OTHER_KEY.getPublic(), List.of("web.example.com"), NOW, Duration.ofDays(1))))
                .contains("another key");
    }

    @Test
    void anExpiredCertificateIsNot() {
        var from = NOW.minus(Duration.ofDays(2));
        assertThat(unusable(CA.chain(KEY.getPublic(), List.of("web.example.com"), from, Duration.ofDays(1))))
                .contains("expired");
    }

    private static String unusable(Bytes chain) {
        return ((IssuedCertificate.Unusable) judge(chain)).message();
    }

    private static IssuedCertificate judge(Bytes chain) {
        var request = APicture.with(APicture.request(1, KEY, CertificateSpecs.of("")), r -> {
            r.setStatus(r.statusOrEmpty().withCertificate(chain));
            return r;
        });
        return IssuedCertificate.of(request, NOW, PemLimits.DEFAULTS);
    }
}
