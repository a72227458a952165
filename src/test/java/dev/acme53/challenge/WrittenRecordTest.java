package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.CnameStrategy;
import dev.acme53.names.DnsName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenRecordTest {
    private static final DnsName NAME = DnsName.of("_acme-challenge.www.example.com");

    @Test
    void theAnnotationReadsAsItWasWritten() {
        for (var record : List.of(
                WrittenRecord.at("Z1", NAME),
                new WrittenRecord("Z1", NAME, Optional.of("C123"), false),
                new WrittenRecord("Z1", NAME, Optional.of("C123"), true))) {
            assertThat(WrittenRecord.of(Challenges.claimed(Challenges.challenge(), record.text())))
                    .hasValue(record);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "C123",
                "Z1/_acme-challenge.www.example.com",
                "Z1/_acme-challenge.other.example.com/C1",
                "../Z1/_acme-challenge.www.example.com/C1",
                "Z1?x/_acme-challenge.www.example.com/C1",
                "Z1/_acme-challenge.www.example.com/C1?x",
                "Z1/_acme-challenge.www.example.com/C1\n",
                "Z1/not a name/C1"
            })
    void anythingElseIsNotBelieved(String annotation) {
        assertThat(WrittenRecord.of(Challenges.claimed(Challenges.challenge(), annotation)))
                .isEmpty();
    }

    @Test
    void anotherZoneThanTheSolversIsNotBelieved() {
        var challenge = Challenges.of(
                Challenges.spec("www.example.com", Challenges.KEY, Challenges.solver(" /hostedzone/Z2 ", null, null)));
        assertThat(WrittenRecord.of(Challenges.claimed(challenge, "Z1/" + NAME + "/C1")))
                .isEmpty();
        assertThat(WrittenRecord.of(Challenges.claimed(challenge, "Z2/" + NAME + "/C1")))
                .isPresent();
    }

    @Test
    void anotherNameIsBelievedOnlyWhereCnamesAreFollowed() {
        var follow = Challenges.of(
                Challenges.spec("www.example.com", Challenges.KEY, Challenges.solver("", CnameStrategy.FOLLOW, null)));
        assertThat(WrittenRecord.of(Challenges.claimed(follow, "Z1/x.other.example/C1")))
                .isPresent();
    }
}
