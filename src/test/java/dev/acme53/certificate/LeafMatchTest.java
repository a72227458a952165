package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.x509.Leaf;
import dev.acme53.x509.Subject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// behaviour.md §1.2.4.
class LeafMatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.b     |     | dnsNames: [a.b]                         | ",
                "a.b;c.d | c.d | dnsNames: [c.d, a.b]                    | ",
                "a.b;c.d |     | {dnsNames: [a.b], commonName: c.d}      | ",
                "a.b     | c.d | {dnsNames: [a.b, c.d]}                  | ",
                "a.b     |     | {dnsNames: [a.b], commonName: c.d}      | spec.commonName",
                "a.b     |     | dnsNames: [c.d]                         | spec.dnsNames",
                "a.b;c.d |     | dnsNames: [a.b]                         | spec.dnsNames",
                "a.b     |     | {dnsNames: [x.y], commonName: c.d}      | spec.commonName;spec.dnsNames",
                "a.b     |     | {dnsNames: [a.b], ipAddresses: [192.0.2.1]} | spec.ipAddresses",
                "a.b     |     | {dnsNames: [a.b], uris: ['x:y']}        | spec.uris",
                "a.b     |     | {dnsNames: [a.b], emailAddresses: [a@b.c]} | spec.emailAddresses",
                "a.b     |     | {dnsNames: [a.b], usages: [any], duration: 1h, subject: {organizations: [x]}} | "
            })
    void namesOfLeafAndSpecAreOneSetOnEitherSide(String dns, String commonName, String wanted, String paths) {
        var leaf = new Leaf(
                Subject.ofCommonName(commonName == null ? "" : commonName),
                Subject.EMPTY,
                List.of(dns.split(";")),
                List.of(),
                List.of(),
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH,
                APicture.KEY.getPublic(),
                BigInteger.ONE,
                null);
        assertThat(LeafMatch.differences(CertificateSpecs.of(wanted), leaf))
                .isEqualTo(paths == null ? List.of() : List.of(paths.split(";")));
    }
}
