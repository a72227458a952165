package dev.acme53.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acme53.fixture.DeployFolder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/// Whom controllers of tests run as, and stages that run in the JVM of a test: a ServiceAccount that is bound to the
/// roles of `deploy/`. Account, roles and bindings have names of their own, since some tests apply `deploy/` itself.
///
/// What it asks counts in one direction alone: [NothingRefused] fails when the roles do not allow it. That the roles
/// grant no more than is used is shown for accounts under which nothing but a whole controller runs, by `RolesIT`: a
/// test of one stage may bring about what no controller comes to.
public final class ControllerAccount {
    private static final String NAMESPACE = "acme53-tests";
    private static final String NAME = "controller";
    private static final Set<String> ROLES = Set.of("ClusterRole", "Role");
    private static final Set<String> BINDINGS = Set.of("ClusterRoleBinding", "RoleBinding");

    /// As RBAC and the audit log name it.
    public static final String USER = "system:serviceaccount:" + NAMESPACE + ":" + NAME;

    /// One right of each binding, for what lies behind: those of one kind become known together.
    private static final List<ResourceAttributes> RIGHTS = List.of(
            new ResourceAttributesBuilder()
                    .withVerb("watch")
                    .withResource("secrets")
                    .build(),
            new ResourceAttributesBuilder()
                    .withVerb("create")
                    .withGroup("coordination.k8s.io")
                    .withResource("leases")
                    .withNamespace("kube-system")
                    .build());

    private ControllerAccount() {}

    /// A client of the account for product code in the JVM of a test; the caller closes it, within the hour that its
    /// token is good for. The hands of a test, which make what a user makes and read what came of it, are the
    /// administrator's.
    ///
    /// @param between stands between that code and the API server
    public static KubernetesClient client(KubernetesApi kubernetes, Interceptor between) {
        return new KubernetesClientBuilder()
                .withConfig(in(kubernetes))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("between", between))
                .build();
    }

    /// The same with nothing between.
    public static KubernetesClient client(KubernetesApi kubernetes) {
        return KubernetesApi.client(in(kubernetes));
    }

    /// The account in the cluster of `kubernetes`, by the address in its kubeconfig, with a token for an hour; the
    /// account is made when absent.
    public static Config in(KubernetesApi kubernetes) {
        try (var admin = kubernetes.client()) {
            if (admin.namespaces().withName(NAMESPACE).get() == null) {
                DeployFolder.with().objects().stream()
                        .filter(ControllerAccount::isOfAccount)
                        .map(ControllerAccount::renamed)
                        .forEach(object -> apply(admin, object));
                apply(admin, "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + NAMESPACE + "}");
                RIGHTS.forEach(right -> awaitRight(admin, right));
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

    /// The API server learns of roles and bindings a moment after it has stored them.
    private static void awaitRight(KubernetesClient admin, ResourceAttributes right) {
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(USER)
                .withResourceAttributes(right)
                .endSpec()
                .build();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> admin.authorization()
                        .v1()
                        .subjectAccessReview()
                        .create(review)
                        .getStatus()
                        .getAllowed());
    }

    /// Makes a ServiceAccount, and what its team grants the controller: to ask for its token.
    public static void grantToken(KubernetesClient admin, String namespace, String account) {
        apply(admin, """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: %1$s, namespace: %2$s}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: %1$s-token, namespace: %2$s}
                rules:
                - {apiGroups: [""], resources: [serviceaccounts/token], resourceNames: [%1$s], verbs: [create]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: %1$s-token, namespace: %2$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s-token}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: "%3$s"}]
                """.formatted(account, namespace, USER));
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
