package dev.acme53.it.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acme53.fixture.CertificateSpecs;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What cert-manager left is taken over as it is.
class TakeOverIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RECORDED = Path.of("src/test/resources/certificate/peer-namespace.json");
    private static final Instant THEN = Instant.parse("2026-11-24T04:00:00Z");

    private CertificateRig rig;

    @BeforeEach
    void prepare() {
        rig = CertificateRig.unstarted();
        rig.moveClock(Duration.between(Instant.now(), THEN));
        var certificates = new TreeMap<String, String>();
        for (var item : recorded()) {
            switch (item.path("kind").asText()) {
                case "Certificate" -> certificates.put(name(item), create(item, Map.of()));
                case "CertificateRequest" -> create(item, certificates);
                case "Secret" -> applyAsThePeer(item);
                default -> {}
            }
        }
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void nothingIsIssuedOrWrittenAgain() {
        var before = versions();
        assertThat(before).hasSize(9);
        rig.start();
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(6))
                .until(() -> versions().equals(before));
        assertThat(rig.calls()).isNotEmpty().allMatch(call -> call.startsWith("GET"));
    }

    @Test
    void theNextIssuanceGoesOnFromThePeersRevision() {
        rig.start();
        rig.edit("w00000", s -> CertificateSpecs.with(s, "dnsNames: [other.example.com]"));
        rig.issue("w00000-2");
        var settled = rig.certificate(
                "w00000",
                c -> CertificateRig.isSettled(c)
                        && Long.valueOf(2).equals(c.statusOrEmpty().revision()));
        assertThat(settled.statusOrEmpty().notAfter()).isAfter(THEN.plus(Duration.ofDays(89)));
        var managers = rig.secrets("w00000-tls").getMetadata().getManagedFields();
        assertThat(managers).singleElement().satisfies(m -> {
            assertThat(m.getManager()).isEqualTo("cert-manager-certificates-issuing");
            assertThat(m.getOperation()).isEqualTo("Apply");
        });
        await().atMost(CertificateRig.SOON).until(() -> rig.requests("w00000-1").get() == null);
    }

    private Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        for (var name : List.of("w00000", "w00001", "w00002")) {
            versions.put(
                    "certificate " + name,
                    rig.certificates(name).get().getMetadata().getResourceVersion());
            versions.put(
                    "secret " + name, rig.secrets(name + "-tls").getMetadata().getResourceVersion());
        }
        rig.allRequests()
                .forEach(r -> versions.put(
                        "request " + r.getMetadata().getName(), r.getMetadata().getResourceVersion()));
        return versions;
    }

    /// Creates an object with its status.
    /// @param owners uids of the Certificates by name
    /// @return its uid
    private String create(JsonNode item, Map<String, String> owners) {
        var meta = (ObjectNode) item.path("metadata");
        meta.put("namespace", rig.namespace());
        meta.remove(List.of("managedFields", "uid", "resourceVersion", "creationTimestamp", "generation"));
        for (var owner : meta.path("ownerReferences")) {
            ((ObjectNode) owner).put("uid", owners.get(owner.path("name").asText()));
        }
        var path = "/apis/cert-manager.io/v1/namespaces/" + rig.namespace() + "/"
                + (item.path("kind").asText() + "s").toLowerCase(Locale.ROOT);
        var created = parsed(rig.kubernetes().raw(path, "POST", item.toString()));
        var withStatus = ((ObjectNode) item).deepCopy();
        ((ObjectNode) withStatus.path("metadata"))
                .put(
                        "resourceVersion",
                        created.path("metadata").path("resourceVersion").asText());
        rig.kubernetes().raw(path + "/" + name(item) + "/status", "PUT", withStatus.toString());
        return created.path("metadata").path("uid").asText();
    }

    private void applyAsThePeer(JsonNode item) {
        var meta = (ObjectNode) item.path("metadata");
        meta.put("namespace", rig.namespace());
        meta.remove(List.of("managedFields", "uid", "resourceVersion", "creationTimestamp"));
        rig.kubernetes()
                .resource(JSON.convertValue(item, Secret.class))
                .fieldManager("cert-manager-certificates-issuing")
                .forceConflicts()
                .serverSideApply();
    }

    private static Iterable<JsonNode> recorded() {
        try {
            return parsed(Files.readString(RECORDED)).path("items");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(JsonNode item) {
        return item.path("metadata").path("name").asText();
    }
}
