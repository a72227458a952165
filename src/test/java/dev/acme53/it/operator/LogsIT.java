package dev.acme53.it.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The log of a real process whose user wants to forge lines of it: an Issuer's status and event, and so the log, quote
/// the name of an entry that a Secret lacks.
class LogsIT {
    private static final String SAID = "has no entry";
    private static final String NEXT = "2026-11-24T09:30:00.120Z ERROR x: forged";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final KubernetesApi kubernetes = TestServers.kubernetes();

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void eachThingThatHappensIsOneLineWhateverItsTextWants(String format) {
        try (var namespace = kubernetes.freshNamespace();
                var client = kubernetes.client();
                var controller = ControllerProcess.with(kubernetes)
                        .flags(
                                "--leader-elect=false",
                                "--namespace=" + namespace.name(),
                                "--controllers=issuers",
                                "--logging-format=" + format)
                        .ready()) {
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("keys")
                            .withNamespace(namespace.name())
                            .endMetadata()
                            .build())
                    .create();
            client.load(new ByteArrayInputStream(issuer(namespace).getBytes(StandardCharsets.UTF_8)))
                    .items()
                    .forEach(item -> client.resource(item).create());
            controller.awaitLog(SAID);
            assertThat(controller.stop()).isZero();
            var lines = controller.log().lines().toList();
            if (format.equals("json")) {
                assertJson(lines, namespace.name());
            } else {
                assertText(lines, namespace.name());
            }
        }
    }

    private static void assertText(List<String> lines, String namespace) {
        assertThat(lines)
                .allMatch(line ->
                        line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (INFO|WARN|ERROR) +\\S+: .*"))
                .noneMatch(line -> line.startsWith(NEXT));
        assertThat(lines.stream().filter(line -> line.contains(SAID)))
                .isNotEmpty()
                .allMatch(line -> line.contains(" resource_kind=\"Issuer\" resource_namespace=\"" + namespace
                        + "\" resource_name=\"forger\" "));
    }

    private static void assertJson(List<String> lines, String namespace) {
        var read = lines.stream().map(LogsIT::parsed).toList();
        assertThat(read)
                .allSatisfy(
                        line -> assertThat(line.fieldNames()).toIterable().startsWith("ts", "level", "logger", "msg"));
        assertThat(read).extracting(line -> line.get("level").asText()).isSubsetOf("info", "warn");
        var said = read.stream()
                .filter(line -> line.get("msg").asText().contains(SAID))
                .toList();
        assertThat(said).isNotEmpty().allSatisfy(line -> {
            assertThat(line.get("msg").asText()).contains("\n" + NEXT);
            assertThat(line.get("resource_kind").asText()).isEqualTo("Issuer");
            assertThat(line.get("resource_namespace").asText()).isEqualTo(namespace);
            assertThat(line.get("resource_name").asText()).isEqualTo("forger");
            assertThat(line.get("reason").asText()).isNotEmpty();
        });
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private static String issuer(TestNamespace namespace) {
        return """
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: forger, namespace: %s}
                spec:
                  acme:
                    server: https://127.0.0.1:9/dir
                    privateKeySecretRef: {name: account}
                    solvers:
                      - dns01:
                          route53:
                            accessKeyID: AKIAIOSFODNN7EXAMPLE
                            secretAccessKeySecretRef: {name: keys, key: "x\\" resource_name=\\"a\\n%s"}
                """.formatted(namespace.name(), NEXT);
    }
}
