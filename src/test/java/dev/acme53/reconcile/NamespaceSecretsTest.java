package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.reconcile.NamespaceSecrets.Lookup;
import dev.acme53.reconcile.ScriptedApiServer.Answer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceSecretsTest {
    private static final String SECRET = """
            {"apiVersion": "v1", "kind": "Secret",
             "metadata": {"name": "s", "namespace": "a", "uid": "u", "resourceVersion": "7"},
             "data": {"key": "R3LDvMOfZQ=="}}""";

    private final AtomicReference<Answer> answer = new AtomicReference<>(Answer.ok(SECRET));
    private final ScriptedApiServer server = new ScriptedApiServer(_ -> answer.get());
    private final NamespaceSecrets secrets = new NamespaceSecrets(server.client(), "a");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anEntryIsReadFromTheOneNamespaceWithItsVersion() {
        var found = (Lookup.Found) secrets.entry("s", "key");
        assertThat(found).isEqualTo(new Lookup.Found("u", "7", "R3LDvMOfZQ=="));
        assertThat(found.text()).isEqualTo("Grüße");
        assertThat(server.asked())
                .extracting(ScriptedApiServer.Asked::path)
                .containsExactly("/api/v1/namespaces/a/secrets/s");
    }

    @Test
    void eachReadSeesWhatIsThereThen() {
        assertThat(secrets.find("s")).isPresent();
        answer.set(Answer.refused(404));
        assertThat(secrets.find("s")).isEmpty();
        assertThat(secrets.entry("s", "key")).isEqualTo(new Lookup.NoSecret("a", "s"));
    }

    @Test
    void aMissingKeyIsToldFromAMissingSecret() {
        assertThat(secrets.entry("s", "other")).isEqualTo(new Lookup.NoKey("a", "s", "other"));
        var empty = new SecretBuilder()
                .withNewMetadata()
                .withName("s")
                .withNamespace("a")
                .endMetadata()
                .build();
        assertThat(NamespaceSecrets.entryOf(empty, "key")).isEqualTo(new Lookup.NoKey("a", "s", "key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "..", "../../victim/secrets/aws", "s/../t", "s?watch=true", "s#x", "S"})
    void whatNoSecretCanBeCalledIsMissingAndNotAskedFor(String name) {
        assertThat(secrets.entry(name, "key")).isEqualTo(new Lookup.NoSecret("a", name));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aNameOf254CharactersIsMissingAndNotAskedFor() {
        assertThat(secrets.find("s".repeat(254))).isEmpty();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aRefusalIsNotTakenForAbsence() {
        answer.set(Answer.refused(403));
        assertThatThrownBy(() -> secrets.find("s")).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void noValueIsShown() {
        assertThat(secrets.entry("s", "key")).hasToString("Found[uid=u, resourceVersion=7]");
    }

    @Test
    void allNamespacesAreNoNamespace() {
        assertThatThrownBy(() -> new NamespaceSecrets(server.client(), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
