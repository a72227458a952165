package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.fixture.CertificateSpecs;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// behaviour.md §1.3.
class RenewalTimeTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-04-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "'',                                           2026-03-02T00:00:00Z",
        "'renewBefore: 240h',                          2026-03-22T00:00:00Z",
        // as long as the whole lifetime, or longer: not counted
        "'renewBefore: 2160h',                         2026-03-02T00:00:00Z",
        "'renewBefore: 2159h59m59s',                   2026-01-01T00:00:01Z",
        "'renewBefore: 0s',                            2026-03-02T00:00:00Z",
        "'renewBefore: -5h',                           2026-03-02T00:00:00Z",
        "'renewBeforePercentage: 10',                  2026-03-23T00:00:00Z",
        "'renewBeforePercentage: 1',                   2026-03-31T02:24:00Z",
        "'renewBeforePercentage: 0',                   2026-03-02T00:00:00Z",
        "'renewBeforePercentage: 100',                 2026-03-02T00:00:00Z",
        "'renewal: {policy: RenewBefore}',             2026-03-02T00:00:00Z"
    })
    void theLeadIsTheSpecsIfItFitsElseAThirdOfTheLifetime(String yaml, Instant expected) {
        assertThat(RenewalTime.of(CertificateSpecs.of(yaml), FROM, TO)).hasValue(expected);
    }

    @Test
    void theTimeIsAWholeSecondAsThePeerWroteIt() {
        assertThat(RenewalTime.of(
                        CertificateSpecs.of(""),
                        Instant.parse("2026-11-24T03:36:05Z"),
                        Instant.parse("2026-11-30T03:36:04Z")))
                .hasValue(Instant.parse("2026-11-28T03:36:04Z"));
    }

    @Test
    void disabledMeansNever() {
        assertThat(RenewalTime.of(CertificateSpecs.of("renewal: {policy: Disabled}"), FROM, TO))
                .isEmpty();
    }
}
