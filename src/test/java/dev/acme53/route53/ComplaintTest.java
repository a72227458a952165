package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.names.DnsName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplaintTest {
    private static final String VALUE = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
    private static final String OTHER = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA";
    private static final ChallengeRecord RECORD = new ChallengeRecord(DnsName.of("_acme-challenge.example.com"), VALUE);

    @Test
    void aListHasItsItemsWhateverStandsInThem() {
        assertThat(Complaint.of("[Tried to delete resource record set [name='a.example.com.', type='TXT', "
                        + "set-identifier='\"" + VALUE
                        + "\"'] but it was not found, RRSet with DNS name b.example.com., "
                        + "type TXT, SetIdentifier \"" + OTHER + "\" cannot be created because a non multivalue answer "
                        + "rrset exists with the same name and type., RRSet with DNS name c.example.org. is not "
                        + "permitted in zone example.com.]"))
                .extracting(Complaint::text)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("Tried to").endsWith("not found"),
                        second -> assertThat(second)
                                .startsWith("RRSet with DNS name b")
                                .endsWith("and type."),
                        third -> assertThat(third)
                                .startsWith("RRSet with DNS name c")
                                .endsWith("zone example.com."));
    }

    @Test
    void aMessageWithoutBracketsIsOneItem() {
        assertThat(Complaint.of("Something is wrong")).containsExactly(new Complaint("Something is wrong"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tried to delete resource record set [name='_acme-challenge.example.com.', type='TXT', set-identifier='\""
                        + VALUE + "\"'] but it was not found",
                "RRSet with DNS name _acme-challenge.example.com., type TXT, SetIdentifier \"" + VALUE
                        + "\" cannot be created because a non multivalue answer rrset exists with the same name and type.",
                "RRSet with DNS name _acme-challenge.example.com. is not permitted in zone example.org.",
                "RRSet with DNS name _ACME-challenge.Example.com. is not permitted in zone example.org.",
            })
    void itIsAboutTheRecordThatItNames(String text) {
        assertThat(new Complaint(text).isAbout(RECORD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tried to delete resource record set [name='_acme-challenge.example.com.', type='TXT', set-identifier='\""
                        + OTHER + "\"'] but it was not found",
                "RRSet with DNS name a._acme-challenge.example.com. is not permitted in zone example.org.",
                "RRSet with DNS name x.example.com. is not permitted in zone _acme-challenge.example.com.",
                "Number of records limit of 1000 exceeded.",
                "",
            })
    void itIsNotAboutAnother(String text) {
        assertThat(new Complaint(text).isAbout(RECORD)).isFalse();
    }
}
