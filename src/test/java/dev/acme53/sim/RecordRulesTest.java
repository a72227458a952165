package dev.acme53.sim;

import static dev.acme53.sim.RecordChange.Action.CREATE;
import static dev.acme53.sim.RecordChange.Action.DELETE;
import static dev.acme53.sim.RecordChange.Action.UPSERT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.sim.RecordChange.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordRulesTest {
    private static final Zone ZONE = new Zone("Z1", "example.com.", "123456789012", false, List.of("ns0.test."));
    private static final String NAME = "_acme-challenge.example.com.";
    private static final RecordSet CHALLENGE = RecordSet.challenge(NAME, "token");
    private static final RecordSet SIMPLE = RecordSet.simple(NAME, "TXT", 10, "\"token\"");

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused(
                        "a name outside",
                        List.of(),
                        UPSERT,
                        RecordSet.challenge("a.example.org", "t"),
                        "RRSet with DNS name a.example.org. is not permitted in zone example.com."),
                refused(
                        "a second CREATE",
                        List.of(SIMPLE),
                        CREATE,
                        SIMPLE,
                        "Tried to create resource record set [name='_acme-challenge.example.com.', type='TXT'] but it already exists"),
                refused(
                        "deleting what is not there",
                        List.of(),
                        DELETE,
                        CHALLENGE,
                        "Tried to delete resource record set [name='_acme-challenge.example.com.', type='TXT', "
                                + "set-identifier='\"token\"'] but it was not found"),
                refused(
                        "deleting with another TTL",
                        List.of(CHALLENGE),
                        DELETE,
                        withTtl(CHALLENGE, 60),
                        "Tried to delete resource record set [name='_acme-challenge.example.com.', type='TXT', "
                                + "set-identifier='\"token\"'] but the values provided do not match the current values"),
                refused(
                        "multivalue beside simple",
                        List.of(SIMPLE),
                        UPSERT,
                        CHALLENGE,
                        "RRSet with DNS name _acme-challenge.example.com., type TXT, SetIdentifier \"token\" cannot be created because a "
                                + "non multivalue answer rrset exists with the same name and type."),
                refused(
                        "simple beside multivalue",
                        List.of(CHALLENGE),
                        UPSERT,
                        SIMPLE,
                        "RRSet with DNS name _acme-challenge.example.com., type TXT cannot be created as other RRSets exist with the "
                                + "same name and type."),
                refused(
                        "TXT beside CNAME",
                        List.of(RecordSet.simple(NAME, "CNAME", 300, "x.test.")),
                        UPSERT,
                        CHALLENGE,
                        "RRSet of type TXT with DNS name _acme-challenge.example.com. is not permitted because a conflicting RRSet of "
                                + "type  CNAME with the same DNS name already exists in zone example.com."),
                refused(
                        "CNAME beside TXT",
                        List.of(SIMPLE),
                        UPSERT,
                        RecordSet.simple(NAME, "CNAME", 300, "x.test."),
                        "RRSet of type CNAME with DNS name _acme-challenge.example.com. is not permitted as it conflicts with other "
                                + "records with the same DNS name in zone example.com."),
                refused(
                        "CNAME at the apex",
                        List.of(),
                        UPSERT,
                        RecordSet.simple("example.com", "CNAME", 300, "x.test."),
                        "RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com."),
                refused(
                        "TXT without quotes",
                        List.of(),
                        UPSERT,
                        RecordSet.simple(NAME, "TXT", 10, "token"),
                        "Invalid Resource Record: FATAL problem: InvalidCharacterString (Value should be enclosed in quotation marks) "
                                + "encountered with 'token'"),
                refused(
                        "TXT with an open quote",
                        List.of(),
                        UPSERT,
                        RecordSet.simple(NAME, "TXT", 10, "\"a\" \"b"),
                        "Invalid Resource Record: FATAL problem: InvalidCharacterString (Value should be enclosed in quotation marks) "
                                + "encountered with '\"a\" \"b'"),
                refused(
                        "TXT of 256 characters",
                        List.of(),
                        UPSERT,
                        RecordSet.simple(NAME, "TXT", 10, quoted("x".repeat(256))),
                        "Invalid Resource Record: FATAL problem: CharacterStringTooLong (Value is too long) encountered with '"
                                + quoted("x".repeat(256)) + "'"),
                refused(
                        "one value twice",
                        List.of(),
                        UPSERT,
                        RecordSet.simple(NAME, "TXT", 10, "\"a\"", "\"a\""),
                        "Duplicate Resource Record: '\"a\"'"),
                refused(
                        "the apex NS",
                        List.of(RecordSet.simple("example.com", "NS", 9, "ns0.test.")),
                        DELETE,
                        RecordSet.simple("example.com", "NS", 9, "ns0.test."),
                        "A HostedZone must contain at least one NS record for the zone itself."));
    }

    private static Arguments refused(
            String what, List<RecordSet> stored, Action action, RecordSet asked, String message) {
        return Arguments.of(what, stored, new RecordChange(action, asked), message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aBadChangeIsRefusedInAwsWords(String what, List<RecordSet> stored, RecordChange change, String message) {
        assertThat(judge(stored, change).messages()).as(what).containsExactly(message);
    }

    @Test
    void multivalueSetsOfOneNameLiveSideBySide() {
        var other = RecordSet.challenge(NAME, "other");
        var verdict = judge(List.of(CHALLENGE), new RecordChange(UPSERT, other));
        assertThat(verdict.messages()).isEmpty();
        assertThat(verdict.result().all()).containsExactlyInAnyOrder(CHALLENGE, other);
    }

    @Test
    void anUpsertOfTheSameRecordIsAccepted() {
        assertThat(judge(List.of(CHALLENGE), new RecordChange(UPSERT, CHALLENGE))
                        .messages())
                .isEmpty();
    }

    @Test
    void aDeletionMatchesValuesInAnyOrder() {
        var stored = RecordSet.simple(NAME, "TXT", 10, "\"a\"", "\"b\"");
        var asked = RecordSet.simple(NAME, "TXT", 10, "\"b\"", "\"a\"");
        assertThat(judge(List.of(stored), new RecordChange(DELETE, asked))
                        .result()
                        .all())
                .isEmpty();
    }

    @Test
    void everyBadChangeOfABatchIsNamedAndNothingIsApplied() {
        var stored = new RecordSets();
        var verdict = RecordRules.judge(
                ZONE,
                stored,
                List.of(
                        new RecordChange(UPSERT, CHALLENGE),
                        new RecordChange(DELETE, RecordSet.challenge(NAME, "gone")),
                        new RecordChange(UPSERT, RecordSet.challenge("x.test", "t"))));
        assertThat(verdict.messages())
                .hasSize(2)
                .anyMatch(m -> m.contains("not found"))
                .anyMatch(m -> m.contains("not permitted"));
        assertThat(stored.all()).isEmpty();
    }

    @Test
    void changesAreReadInOrderSoThatASimpleSetMayMakeRoomFirst() {
        var deletion = new RecordChange(DELETE, SIMPLE);
        var upsert = new RecordChange(UPSERT, CHALLENGE);
        assertThat(judge(List.of(SIMPLE), deletion, upsert).messages()).isEmpty();
        assertThat(judge(List.of(SIMPLE), upsert, deletion).messages()).hasSize(1);
    }

    @Test
    void oneRecordSetOccursTwiceOnlyToBeReplaced() {
        assertThat(judge(List.of(CHALLENGE), new RecordChange(DELETE, CHALLENGE), new RecordChange(CREATE, CHALLENGE))
                        .messages())
                .isEmpty();
        assertThat(judge(List.of(CHALLENGE), new RecordChange(DELETE, CHALLENGE), new RecordChange(DELETE, CHALLENGE))
                        .messages())
                .containsExactly("The request contains an invalid set of changes for a resource record set "
                        + "'TXT _acme-challenge.example.com.'");
    }

    /// Route53.md §4.1: with 45-character values 355 UPSERTs or 711 DELETEs fit.
    @Test
    void anUpsertCountsTwiceTowardsTheLimits() {
        assertThat(judge(List.of(), batch(UPSERT, 355)).messages()).isEmpty();
        assertThat(judge(List.of(), batch(UPSERT, 356)).messages())
                .containsExactly("RDATA character limit of 32000 exceeded.");
        var stored = IntStream.range(0, 712).mapToObj(RecordRulesTest::numbered).toList();
        assertThat(judge(stored, batch(DELETE, 711)).messages()).isEmpty();
        assertThat(judge(stored, batch(DELETE, 712)).messages())
                .containsExactly("RDATA character limit of 32000 exceeded.");
        var short501 = IntStream.range(0, 501)
                .mapToObj(i -> new RecordChange(UPSERT, RecordSet.challenge("n" + i + ".example.com", "x")))
                .toArray(RecordChange[]::new);
        assertThat(judge(List.of(), short501).messages()).containsExactly("Number of records limit of 1000 exceeded.");
    }

    @Test
    void aHundredMultivalueSetsShareANameAndNoMore() {
        var stored = IntStream.range(0, 100)
                .mapToObj(i -> RecordSet.challenge(NAME, "t" + i))
                .toList();
        assertThat(judge(stored, new RecordChange(UPSERT, stored.getFirst())).messages())
                .isEmpty();
        assertThat(judge(stored, new RecordChange(UPSERT, CHALLENGE)).messages())
                .hasSize(1);
    }

    private static RecordSet numbered(int i) {
        return RecordSet.challenge("n" + i + ".example.com", "v".repeat(43));
    }

    private static RecordChange[] batch(Action action, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new RecordChange(action, numbered(i)))
                .toArray(RecordChange[]::new);
    }

    private static RecordRules.Verdict judge(List<RecordSet> stored, RecordChange... batch) {
        var sets = new RecordSets();
        stored.forEach(sets::put);
        return RecordRules.judge(ZONE, sets, new ArrayList<>(List.of(batch)));
    }

    private static RecordSet withTtl(RecordSet set, long ttl) {
        return new RecordSet(
                set.name(), set.type(), ttl, set.setIdentifier(), set.routing(), set.routingDetail(), set.values());
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
