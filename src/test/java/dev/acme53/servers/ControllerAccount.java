package dev.acme53.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acme53.fixture.DeployFolder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;

/// Whom controllers of tests run as: a ServiceAccount that is bound to the roles of `deploy/`. Account, roles and
/// bindings have names of their own, since some tests apply `deploy/` itself.
public final class ControllerAccount {
    private static final String NAMESPACE = "acme53-tests";
    private static final String NAME = "controller";
    private static final Set<String> ROLES = Set.of("ClusterRole", "Role");
    private static final Set<String> BINDINGS = Set.of("ClusterRoleBinding", "RoleBinding");

    /// As RBAC and the audit log name it.
    public static final String USER = "system:serviceaccount:" + NAMESPACE + ":" + NAME;

    private ControllerAccount() {}

    /// The account in the cluster of `kubernetes`, by the address in its kubeconfig; made when absent.
    static Config in(KubernetesApi kubernetes) {
        try (var admin = kubernetes.client()) {
            if (admin.namespaces().withName(NAMESPACE).get() == null) {
                DeployFolder.with().objects().stream()
                        .filter(ControllerAccount::isOfAccount)
                        .map(ControllerAccount::renamed)
                        .forEach(object -> apply(admin, object));
                apply(admin, "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + NAMESPACE + "}");
            }
            var token = kubernetes.serviceAccount(NAMESPACE, NAME).getOauthToken();
            return new ConfigBuilder(Config.fromKubeconfig(Files.readString(kubernetes.kubeconfig())))
                    .withClientCertData(null)
                    .withClientKeyData(null)
                    .withOauthToken(token)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What users are granted is another matter.
    private static boolean isOfAccount(JsonNode object) {
        var kind = object.at("/kind").asText();
        return BINDINGS.contains(kind)
                || ROLES.contains(kind) && !object.at("/metadata/name").asText().matches(".*-(view|edit)");
    }

    private static String renamed(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        rename(copy, "/metadata");
        rename(copy, "/roleRef");
        for (var subject : copy.path("subjects")) {
            ((ObjectNode) subject).put("namespace", NAMESPACE).put("name", NAME);
        }
        return copy.toString();
    }

    private static void rename(ObjectNode object, String pointer) {
        if (object.at(pointer) instanceof ObjectNode named) {
            named.put("name", NAMESPACE + ":" + named.path("name").asText());
        }
    }

    private static void apply(KubernetesClient admin, String object) {
        admin.load(new ByteArrayInputStream(object.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> admin.resource(item)
                        .fieldManager("tests")
                        .forceConflicts()
                        .serverSideApply());
    }
}
