package dev.acme53.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Condition.Status;
import dev.acme53.api.Issuer;
import dev.acme53.api.Order;
import dev.acme53.status.Snapshot.Item;
import dev.acme53.status.Snapshot.Level;
import dev.acme53.status.Snapshot.Named;
import dev.acme53.status.Snapshot.Step;
import dev.acme53.status.Snapshot.Tally;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatheringTest {
    private static final Instant NOW = ASnapshot.NOW;
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final String ISSUING =
            "{type: Issuing, status: \"%s\", reason: R, message: \"issuing says\", lastTransitionTime: \"%s\"}";
    private static final String READY =
            "{type: Ready, status: \"%s\", reason: R, message: \"ready says\", lastTransitionTime: \"%s\"}";

    private final List<HasMetadata> cached = new ArrayList<>();
    private boolean onlyChallenges;

    private Snapshot shown() {
        return shown(Optional.empty());
    }

    private Snapshot shown(Optional<String> namespace) {
        var watched = new Watched() {
            @Override
            public <K extends HasMetadata> Optional<List<K>> all(Class<K> kind) {
                return onlyChallenges && kind != Challenge.class
                        ? Optional.empty()
                        : Optional.of(cached.stream()
                                .filter(kind::isInstance)
                                .map(kind::cast)
                                .toList());
            }
        };
        return new Gathering(watched, _ -> Optional.of(NOW.plusSeconds(60)), Optional::empty)
                .at(NOW, ASnapshot.LEADER, namespace);
    }

    private static String ago(String time) {
        return NOW.minus(Duration.parse(time)).toString();
    }

    private <K extends HasMetadata> K add(Class<K> kind, String name, String owner, String spec, String status) {
        var object = YAML.unmarshal(
                """
                apiVersion: %s
                kind: %s
                metadata:
                  name: %s
                  namespace: web
                  uid: uid-%s
                  creationTimestamp: "%s"
                  %s
                spec: {%s}
                status: {%s}
                """.formatted(
                                HasMetadata.getApiVersion(kind),
                                HasMetadata.getKind(kind),
                                name,
                                name,
                                ago("PT5M"),
                                owner.isEmpty()
                                        ? ""
                                        : "ownerReferences: [{apiVersion: v1, kind: X, name: x, controller: true, uid: uid-%s}]"
                                                .formatted(owner),
                                spec,
                                status),
                kind);
        cached.add(object);
        return object;
    }

    private Certificate certificate(String name, String status) {
        return add(
                Certificate.class,
                name,
                "",
                "secretName: a, dnsNames: [a.example.com, b.example.com], issuerRef: {name: le}",
                status);
    }

    private Challenge challenge(String name, String owner, String solver, String status) {
        return add(
                Challenge.class,
                name,
                owner,
                "dnsName: a.example.com, wildcard: true, type: DNS-01, issuerRef: {name: le}, solver: {%s}"
                        .formatted(solver),
                status);
    }

    private static final String OURS = "dns01: {route53: {}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # Issuing    | Ready        | expires | how it is listed
            True  PT1M    | False PT1M   | -       | WAITING PT1M  issuing says
            True  PT11M   | False PT1M   | -       | LATE    PT11M issuing says
            -             | False PT2M   | -       | WAITING PT2M  ready says
            -             | -            | -       | WAITING PT5M  ''
            False PT3H    | False PT1M   | -       | FAILED  PT3H  issuing says
            False PT3H    | True  PT90H  | P9D     | FAILED  PT3H  issuing says
            True  PT1M    | False PT1M   | PT-1S   | EXPIRED PT1M  issuing says
            -             | True  PT90H  | PT-1S   | EXPIRED PT90H ready says
            -             | True  PT90H  | P9D     | -
            """)
    void aCertificateIsListedWhenItIsBeingIssuedOrNotReadyOrExpired(
            String issuing, String ready, String expires, String listed) {
        var status = "conditions: [%s]%s"
                .formatted(
                        String.join(", ", condition(ISSUING, issuing), condition(READY, ready))
                                .replaceAll("^, |, $", ""),
                        expires == null ? "" : ", notAfter: \"" + NOW.plus(Duration.parse(expires)) + "\"");
        certificate("a", status);
        if (listed == null) {
            assertThat(shown().items()).isEmpty();
            return;
        }
        var words = listed.split(" +", 3);
        var item = shown().items().getFirst();
        assertThat(item.object()).isEqualTo(new Named("Certificate", "web", "a"));
        assertThat(item.names()).containsExactly("a.example.com", "b.example.com");
        assertThat(item.level()).isEqualTo(Level.valueOf(words[0]));
        assertThat(item.since()).isEqualTo(NOW.minus(Duration.parse(words[1])));
        assertThat(item.sentence()).isEqualTo(words[2].replace("''", ""));
        assertThat(item.nextTry().isPresent()).isEqualTo(item.level() == Level.FAILED);
    }

    private static String condition(String form, String statusAndAge) {
        if (statusAndAge == null) {
            return "";
        }
        var words = statusAndAge.split(" +");
        return form.formatted(words[0], ago(words[1]));
    }

    @Test
    void aCertificateIsHeldUpByTheLastObjectThatIsNotDone() {
        certificate("a", "conditions: [" + ISSUING.formatted("True", ago("PT1M")) + "]");
        assertThat(heldUp()).isEmpty();
        add(CertificateRequest.class, "a-1", "a", "issuerRef: {name: le}", "");
        assertThat(heldUp()).isEqualTo("CertificateRequest a-1");
        add(Order.class, "a-1-o", "a-1", "issuerRef: {name: le}", "state: pending");
        assertThat(heldUp()).isEqualTo("Order a-1-o");
        challenge("c1", "a-1-o", OURS, "state: pending");
        challenge("done", "a-1-o", OURS, "state: valid");
        assertThat(heldUp()).isEqualTo("Challenge c1");
        challenge("c2", "a-1-o", OURS, "");
        assertThat(heldUp()).isEqualTo("2 Challenges");
        assertThat(shown().items()).as("each is listed once").hasSize(1);
    }

    private String heldUp() {
        return shown().items().getFirst().where();
    }

    @Test
    void requestsAndOrdersWithoutACertificateStandForThemselves() {
        add(
                CertificateRequest.class,
                "mesh",
                "",
                "issuerRef: {name: le}",
                "conditions: [%s]"
                        .formatted(READY.formatted("False", ago("PT1M")).replace("reason: R", "reason: Pending")));
        add(
                CertificateRequest.class,
                "no",
                "",
                "issuerRef: {name: le}",
                "conditions: [%s]"
                        .formatted(READY.formatted("False", ago("PT1M")).replace("reason: R", "reason: Failed")));
        add(Order.class, "mesh-o", "mesh", "issuerRef: {name: le}", "state: pending");
        add(Order.class, "alone", "", "dnsNames: [x.example.com], issuerRef: {name: le}", "reason: why");
        add(Order.class, "over", "", "issuerRef: {name: le}", "state: errored");
        assertThat(shown().items())
                .extracting(i -> i.object().name(), Item::where, Item::sentence)
                .containsExactlyInAnyOrder(tuple("mesh", "Order mesh-o", "ready says"), tuple("alone", "", "why"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',QUEUED",
        "processing: true,RECORD",
        "'processing: true, presented: true, reason: why',CHECK",
        "'processing: true, state: valid',",
        "'state: invalid',"
    })
    void aChallengeSaysHowFarItIs(String status, Step step) {
        challenge("c", "", OURS, status);
        assertThat(shown().challenges().orElseThrow())
                .extracting(Snapshot.ChallengeItem::step)
                .isEqualTo(step == null ? List.of() : List.of(step));
    }

    @Test
    void aDeletedChallengeIsCleanedUpAndThoseOfOthersAreNotListed() {
        var done = challenge("done", "", OURS, "state: valid, reason: \"not removed yet\"");
        done.getMetadata().setDeletionTimestamp(ago("PT3S"));
        challenge("theirs", "", "dns01: {cloudDNS: {project: x}}", "");
        assertThat(shown().challenges().orElseThrow())
                .containsExactly(new Snapshot.ChallengeItem(
                        new Named("Challenge", "web", "done"),
                        "*.a.example.com",
                        Step.CLEAN_UP,
                        Level.WAITING,
                        NOW.minusSeconds(3),
                        "not removed yet"));
    }

    @Test
    void theWorstComesFirstThenTheOldest() {
        certificate("young", "conditions: [" + ISSUING.formatted("True", ago("PT1M")) + "]");
        certificate("late", "conditions: [" + ISSUING.formatted("True", ago("PT50M")) + "]");
        certificate("later", "conditions: [" + ISSUING.formatted("True", ago("PT60M")) + "]");
        certificate("failed", "conditions: [" + ISSUING.formatted("False", ago("PT2M")) + "]");
        assertThat(shown().items())
                .extracting(i -> i.object().name())
                .containsExactly("failed", "later", "late", "young");
    }

    @Test
    void aNamespaceShowsItsOwnObjectsAndClusterIssuers() {
        certificate("mine", "");
        certificate("ready", "conditions: [" + READY.formatted("True", ago("PT1M")) + "]");
        certificate("theirs", "").getMetadata().setNamespace("other");
        add(Issuer.class, "le", "", "acme: {server: \"https://user:secret@ca.example.com/dir\"}", "")
                .getMetadata()
                .setNamespace("other");
        add(
                        ClusterIssuer.class,
                        "le",
                        "",
                        "selfSigned: {}",
                        "conditions: [" + READY.formatted("True", ago("PT1M")) + "]")
                .getMetadata()
                .setNamespace(null);
        var mine = shown(Optional.of("web"));
        assertThat(mine.items()).extracting(i -> i.object().name()).containsExactly("mine");
        assertThat(mine.certificates()).contains(new Tally(2, 1));
        assertThat(mine.namespaces()).containsExactly("other", "web");
        assertThat(mine.issuers()).extracting(Snapshot.IssuerItem::ca).containsExactly("not ACME");
        var all = shown();
        assertThat(all.certificates()).contains(new Tally(3, 1));
        assertThat(all.issuers())
                .as("unready first, of URLs the host")
                .extracting(Snapshot.IssuerItem::ca, Snapshot.IssuerItem::ready)
                .containsExactly(tuple("ca.example.com", Status.UNKNOWN), tuple("not ACME", Status.TRUE));
    }

    @Test
    void whatIsNotWatchedIsNotCounted() {
        onlyChallenges = true;
        challenge("c", "x", OURS, "");
        assertThat(shown().certificates()).isEmpty();
        assertThat(shown().items()).isEmpty();
        assertThat(shown().challenges().orElseThrow()).hasSize(1);
    }
}
