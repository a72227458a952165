package dev.acme53.it.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Order;
import dev.acme53.servers.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// `src/test/resources/takeover/peer-objects.json` in a namespace: three issued Certificates with all around them, as
/// cert-manager v1.20.3 left them.
public record PeersObjects(KubernetesClient client, TestNamespace namespace) {
    /// Soon after they were recorded: the first certificate runs six days.
    static final Instant THEN = Instant.parse("2026-11-24T04:00:00Z");

    static final String ISSUER = "pebble";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RECORDED =
            Path.of(System.getProperty("basedir", ""), "src/test/resources/takeover/peer-objects.json");

    /// Puts them there, each with its status and its owner.
    public void create() {
        Map<String, String> uids = new HashMap<>();
        try {
            for (var item : JSON.readTree(RECORDED.toFile()).path("items")) {
                if (item.path("kind").asText().equals("Secret")) {
                    apply(item);
                } else {
                    create((ObjectNode) item, uids);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply(JsonNode item) {
        var secret = JSON.convertValue(item, Secret.class);
        secret.getMetadata().setNamespace(namespace.name());
        client.resource(secret)
                .fieldManager("cert-manager-certificates-issuing")
                .forceConflicts()
                .serverSideApply();
    }

    private void create(ObjectNode item, Map<String, String> uids) throws IOException {
        var kind = item.path("kind").asText();
        var meta = (ObjectNode) item.path("metadata");
        for (var owner : meta.path("ownerReferences")) {
            ((ObjectNode) owner)
                    .put(
                            "uid",
                            uids.get(owner.path("kind").asText()
                                    + owner.path("name").asText()));
        }
        var path = "/apis/" + item.path("apiVersion").asText();
        if (!kind.equals("ClusterIssuer")) {
            meta.put("namespace", namespace.name());
            path += "/namespaces/" + namespace.name();
        }
        path += "/" + kind.toLowerCase(Locale.ROOT) + "s";
        var created = JSON.readTree(client.raw(path, "POST", item.toString())).path("metadata");
        uids.put(kind + meta.path("name").asText(), created.path("uid").asText());
        meta.put("resourceVersion", created.path("resourceVersion").asText());
        client.raw(path + "/" + meta.path("name").asText() + "/status", "PUT", item.toString());
    }

    /// The version of each, by kind and name.
    public Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        note(versions, client.resources(ClusterIssuer.class).withName(ISSUER).get());
        for (var kind : List.of(Certificate.class, CertificateRequest.class, Order.class)) {
            client.resources(kind)
                    .inNamespace(namespace.name())
                    .list()
                    .getItems()
                    .forEach(object -> note(versions, object));
        }
        client.secrets().inNamespace(namespace.name()).list().getItems().forEach(object -> note(versions, object));
        return versions;
    }

    private static void note(Map<String, String> versions, HasMetadata object) {
        versions.put(
                object.getKind() + " " + object.getMetadata().getName(),
                object.getMetadata().getResourceVersion());
    }

    public void deleteIssuer() {
        client.resources(ClusterIssuer.class).withName(ISSUER).delete();
    }
}
