package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Challenge;
import dev.acme53.api.CnameStrategy;
import dev.acme53.dns.Cnames;
import dev.acme53.names.DnsName;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whose a CNAME is that may be a wildcard's, once the record is written (ADR 16).
class RecordPlacesTest {
    private static Challenge challenge(CnameStrategy strategy, Optional<String> written) {
        var challenge = Challenges.of(
                Challenges.spec("www.example.com", Challenges.KEY, Challenges.solver("", strategy, null)));
        return written.map(name -> Challenges.claimed(challenge, "Z1/" + name + "/C1"))
                .orElse(challenge);
    }

    @ParameterizedTest
    @CsvSource({
        "FOLLOW, _acme-challenge.www.example.com, _acme-challenge.www.example.com, true",
        "FOLLOW, proof.example.net, _acme-challenge.www.example.com, false",
        "FOLLOW, proof.example.net, proof.example.net, true",
        "FOLLOW, , _acme-challenge.www.example.com, false",
        "NONE, _acme-challenge.www.example.com, _acme-challenge.www.example.com, true",
        "NONE, , _acme-challenge.www.example.com, true",
        "NONE, , proof.example.net, false",
    })
    void whereTheRecordStandsNoCnameIsTheNamesOwn(
            CnameStrategy strategy, String written, String name, boolean isWildcards) {
        var judge = RecordPlaces.judge(challenge(strategy, Optional.ofNullable(written)));
        assertThat(judge.of(DnsName.of(name), true))
                .isEqualTo(isWildcards ? new Cnames.Owner.Wildcard() : new Cnames.Owner.Name());
    }
}
