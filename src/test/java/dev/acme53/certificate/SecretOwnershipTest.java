package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.fixture.CertificateSpecs;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// behaviour.md §1.2, rule 2.
class SecretOwnershipTest {
    @ParameterizedTest
    @CsvSource({
        // named in the Secret, created at of a and of b, the winner
        "'',   2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z, a",
        "'',   2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z, b",
        "'',   2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z, a",
        "b,    2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z, b",
        "a,    2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z, a",
        "gone, 2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z, b"
    })
    void theNamedOneWinsElseTheOldestElseTheFirstByName(String named, String a, String b, String winner) {
        var spec = CertificateSpecs.of("");
        var competitors = List.of(APicture.certificate("b", spec, b), APicture.certificate("a", spec, a));
        for (var certificate : competitors) {
            assertThat(SecretOwnership.isWonBy(certificate, competitors, named))
                    .isEqualTo(certificate.getMetadata().getName().equals(winner));
        }
    }
}
