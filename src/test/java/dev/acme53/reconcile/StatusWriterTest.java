package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.api.Bytes;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.api.IssuerStatus;
import dev.acme53.api.Order;
import dev.acme53.reconcile.ScriptedApiServer.Answer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusWriterTest {
    private static final String PATH = "/apis/cert-manager.io/v1/namespaces/a/issuers/le";

    /// Its certificate is the text `chain`.
    private static final String ORDER = """
            {"apiVersion": "acme.cert-manager.io/v1", "kind": "Order",
             "metadata": {"name": "o", "namespace": "a", "uid": "u", "resourceVersion": "8"},
             "status": {"certificate": "Y2hhaW4="}}""";

    private final Queue<Answer> puts = new ArrayDeque<>();
    private final Queue<Answer> gets = new ArrayDeque<>();
    private final ScriptedApiServer server =
            new ScriptedApiServer(asked -> asked.method().equals("PUT") ? puts.remove() : gets.remove());
    private final StatusWriter writer = new StatusWriter(server.client());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void nothingIsSentWhenNothingChanges() {
        var issuer = issuer("u", 7, "https://ca/1");
        assertThat(writer.update(issuer, "me", Issuer::statusOrEmpty)).containsSame(issuer);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void oneRequestCarriesTheStatusAndTheVersionItWasComputedFromAndNoSpec() {
        puts.add(Answer.ok(json("u", 8, "https://ca/1")));
        var stored = update(issuer("u", 7, ""));
        assertThat(stored.orElseThrow().getMetadata().getResourceVersion()).isEqualTo("8");
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("PUT");
            assertThat(asked.path()).isEqualTo(PATH + "/status?fieldManager=cert-manager-issuers");
            assertThat(asked.body())
                    .isEqualTo(
                            "{\"apiVersion\":\"cert-manager.io/v1\",\"kind\":\"Issuer\",\"metadata\":{\"name\":\"le\","
                                    + "\"namespace\":\"a\",\"uid\":\"u\",\"resourceVersion\":\"7\"},"
                                    + "\"status\":{\"acme\":{\"uri\":\"https://ca/1\"}}}");
        });
    }

    @Test
    void aClusterScopedObjectIsWrittenOutsideOfAnyNamespace() {
        puts.add(Answer.ok(json("u", 8, "https://ca/1").replace("Issuer", "ClusterIssuer")));
        var issuer = new ClusterIssuer();
        issuer.setMetadata(new ObjectMetaBuilder()
                .withName("le")
                .withUid("u")
                .withResourceVersion("7")
                .build());
        writer.update(issuer, "me", _ -> account("https://ca/1"));
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.path()).isEqualTo("/apis/cert-manager.io/v1/clusterissuers/le/status?fieldManager=me");
            assertThat(asked.body()).doesNotContain("namespace");
        });
    }

    @Test
    void afterAConflictTheStatusIsComputedFromWhatIsThereNow() {
        puts.add(Answer.refused(409));
        gets.add(Answer.ok(json("u", 9, "https://ca/other")));
        puts.add(Answer.ok(json("u", 10, "https://ca/other/1")));
        var stored = writer.update(
                issuer("u", 7, "https://ca"),
                "me",
                i -> account(i.statusOrEmpty().acme().uri() + "/1"));
        assertThat(stored.orElseThrow().getMetadata().getResourceVersion()).isEqualTo("10");
        assertThat(server.asked("PUT").getLast().body()).contains("\"resourceVersion\":\"9\"", "https://ca/other/1");
    }

    @Test
    void nothingMoreIsSentWhenSomebodyElseWroteTheSame() {
        puts.add(Answer.refused(409));
        gets.add(Answer.ok(json("u", 9, "https://ca/1")));
        assertThat(update(issuer("u", 7, ""))).isPresent();
        assertThat(server.asked("PUT")).hasSize(1);
    }

    @Test
    void conflictsWithoutEndAreGivenUpAfterFiveTries() {
        for (var i = 0; i < 5; i++) {
            puts.add(Answer.refused(409));
            gets.add(Answer.ok(json("u", 9 + i, "")));
        }
        assertThatThrownBy(() -> update(issuer("u", 7, "")))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
        assertThat(server.asked("PUT")).hasSize(5);
    }

    @Test
    void anObjectThatIsGoneIsNotWritten() {
        puts.add(Answer.refused(404));
        assertThat(update(issuer("u", 7, ""))).isEmpty();
    }

    @Test
    void anObjectThatGoesDuringAConflictIsNotWritten() {
        puts.add(Answer.refused(409));
        gets.add(Answer.refused(404));
        assertThat(update(issuer("u", 7, ""))).isEmpty();
    }

    @Test
    void anotherObjectOfTheSameNameIsNotWritten() {
        puts.add(Answer.refused(409));
        gets.add(Answer.ok(json("another", 9, "")));
        assertThat(update(issuer("u", 7, ""))).isEmpty();
        assertThat(server.asked("PUT")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 422, 500})
    void everyOtherRefusalIsAFault(int code) {
        puts.add(Answer.refused(code));
        assertThatThrownBy(() -> update(issuer("u", 7, "")))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(code));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aCopyOlderThanWhatWasWrittenIsStale() {
        assertThat(writer.isStale(issuer("u", 7, ""))).isFalse();
        puts.add(Answer.ok(json("u", 10, "https://ca/1")));
        update(issuer("u", 7, ""));
        assertThat(writer.isStale(issuer("u", 9, ""))).isTrue();
        assertThat(writer.isStale(issuer("u", 10, ""))).isFalse();
        assertThat(writer.isStale(issuer("another", 9, ""))).isFalse();
        writer.forget(issuer("u", 10, ""));
        assertThat(writer.isStale(issuer("u", 9, ""))).isFalse();
    }

    @Test
    void whatWasStoredIsToldWithWhatItWasComputedFrom() {
        var told = new ArrayList<String>();
        var writing = new StatusWriter(
                server.client(),
                (before, after) -> told.add(before.getMetadata().getResourceVersion() + " to "
                        + after.getMetadata().getResourceVersion()));
        puts.add(Answer.refused(409));
        gets.add(Answer.ok(json("u", 9, "")));
        puts.add(Answer.ok(json("u", 10, "https://ca/1")));
        writing.update(issuer("u", 7, ""), "me", _ -> account("https://ca/1"));
        writing.update(issuer("u", 10, "https://ca/1"), "me", _ -> account("https://ca/1"));
        assertThat(told).containsExactly("9 to 10");
    }

    @Test
    void aWriteOfAnotherKindCountsToo() {
        writer.stored(issuer("u", 12, ""));
        assertThat(writer.isStale(issuer("u", 11, ""))).isTrue();
    }

    @Test
    void theCertificateThatNoCacheKeepsIsInTheAnswerThatStoredIt() {
        puts.add(Answer.ok(ORDER));
        var stored = writer.update(order(7), "me", o -> o.statusOrEmpty().withCertificate(Bytes.ofText("chain")));
        var taken = writer.takeWhole(SlimObjects.slim(order(8)));
        assertThat(taken).isEqualTo(stored);
        assertThat(taken.orElseThrow().statusOrEmpty().certificate()).isEqualTo(Bytes.ofText("chain"));
        assertThat(writer.takeWhole(order(8))).as("once").isEmpty();
    }

    @Test
    void theCertificateOfAnObjectThatIsGoneIsForgotten() {
        puts.add(Answer.ok(ORDER));
        writer.update(order(7), "me", o -> o.statusOrEmpty().withCertificate(Bytes.ofText("chain")));
        writer.forget(order(8));
        assertThat(writer.takeWhole(order(8))).isEmpty();
    }

    private static Order order(int version) {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withName("o")
                .withNamespace("a")
                .withUid("u")
                .withResourceVersion(Integer.toString(version))
                .build());
        return order;
    }

    private Optional<Issuer> update(Issuer issuer) {
        return writer.update(issuer, "cert-manager-issuers", _ -> account("https://ca/1"));
    }

    private static IssuerStatus account(String uri) {
        return new IssuerStatus(List.of(), AcmeAccountStatus.empty().withUri(uri));
    }

    private static Issuer issuer(String uid, int version, String account) {
        var issuer = new Issuer();
        issuer.setMetadata(new ObjectMetaBuilder()
                .withName("le")
                .withNamespace("a")
                .withUid(uid)
                .withResourceVersion(Integer.toString(version))
                .build());
        issuer.setStatus(account(account));
        return issuer;
    }

    private static String json(String uid, int version, String account) {
        return """
                {"apiVersion": "cert-manager.io/v1", "kind": "Issuer",
                 "metadata": {"name": "le", "namespace": "a", "uid": "%s", "resourceVersion": "%d"},
                 "status": {"acme": {"uri": "%s"}}}""".formatted(uid, version, account);
    }
}
