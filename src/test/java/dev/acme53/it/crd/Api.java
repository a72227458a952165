package dev.acme53.it.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// One plural of the API as plain JSON, so that no Java type stands between a test and the API server.
record Api(KubernetesClient client, String path) {
    private static final YAMLMapper YAML = new YAMLMapper();

    static ObjectNode yaml(String text) {
        try {
            return (ObjectNode) YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `object` changed as RFC 7386 says: null removes.
    static ObjectNode merged(ObjectNode object, JsonNode patch) {
        var changed = object.deepCopy();
        patch.properties().forEach(member -> {
            var name = member.getKey();
            var value = member.getValue();
            if (value.isNull()) {
                changed.remove(name);
            } else if (value.isObject() && changed.path(name).isObject()) {
                changed.set(name, merged((ObjectNode) changed.get(name), value));
            } else {
                changed.set(name, value);
            }
        });
        return changed;
    }

    ObjectNode create(JsonNode object) {
        return answer(client.raw(path, "POST", object));
    }

    ObjectNode replace(JsonNode object) {
        return answer(client.raw(path + "/" + name(object), "PUT", object));
    }

    ObjectNode replaceStatus(JsonNode object) {
        return answer(client.raw(path + "/" + name(object) + "/status", "PUT", object));
    }

    ObjectNode get(String name) {
        return answer(client.raw(path + "/" + name));
    }

    /// What the API server would say against creating `object`; empty when it would create it.
    Optional<String> refusalToCreate(JsonNode object) {
        return refusal(() -> client.raw(path + "?dryRun=All", "POST", object));
    }

    Optional<String> refusalToReplace(JsonNode object) {
        return refusal(() -> client.raw(path + "/" + name(object) + "?dryRun=All", "PUT", object));
    }

    Optional<String> refusalToReplaceStatus(JsonNode object) {
        return refusal(() -> client.raw(path + "/" + name(object) + "/status?dryRun=All", "PUT", object));
    }

    private static Optional<String> refusal(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 422) {
                throw e;
            }
            return Optional.of(e.getStatus().getMessage());
        }
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    private static ObjectNode answer(String json) {
        return yaml(json);
    }
}
