package dev.acme53.servers;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A running Kubernetes API with RBAC, its garbage collector and its namespace controller, but not necessarily nodes:
/// Pods may be accepted and never run.
public interface KubernetesApi extends AutoCloseable {
    /// Names the cluster's administrator. A fresh copy: changing it changes nobody else's.
    Config config();

    /// A kubeconfig file of the administrator, for programs started beside the tests.
    Path kubeconfig();

    /// What ServiceAccounts have asked so far, in the order of the answers.
    List<AuditLog.Request> audited();

    @Override
    void close();

    /// A client of the administrator's; the caller closes it.
    default KubernetesClient client() {
        return client(config());
    }

    /// A client for another identity; the caller closes it.
    static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /// The identity of a user in groups, as RBAC sees it: the administrator impersonates it.
    default Config as(String user, String... groups) {
        return new ConfigBuilder(config())
                .withImpersonateUsername(user)
                .withImpersonateGroups(groups)
                .build();
    }

    /// The identity of a ServiceAccount, by a token of the TokenRequest API; the account is made when absent.
    default Config serviceAccount(String namespace, String name) {
        try (var admin = client()) {
            var account = admin.serviceAccounts().inNamespace(namespace).withName(name);
            if (account.get() == null) {
                admin.resource(new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withNamespace(namespace)
                                .withName(name)
                                .endMetadata()
                                .build())
                        .create();
            }
            var token = account.tokenRequest(new TokenRequestBuilder()
                            .withNewSpec()
                            .withExpirationSeconds(3600L)
                            .endSpec()
                            .build())
                    .getStatus()
                    .getToken();
            return new ConfigBuilder(config())
                    .withClientCertData(null)
                    .withClientKeyData(null)
                    .withOauthToken(token)
                    .build();
        }
    }

    /// Applies every YAML file of a folder by server-side apply, as `kubectl apply --server-side -f` does, and waits
    /// until the CustomResourceDefinitions among them are established.
    default void apply(Path folder) {
        try (var admin = client();
                var files = Files.list(folder)) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                try (var text = Files.newInputStream(file)) {
                    admin.load(text)
                            .items()
                            .forEach(item -> admin.resource(item)
                                    .fieldManager("kubectl")
                                    .forceConflicts()
                                    .serverSideApply());
                }
            }
            admin.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .list()
                    .getItems()
                    .forEach(crd ->
                            admin.resource(crd).waitUntilCondition(KubernetesApi::isEstablished, 20, TimeUnit.SECONDS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEstablished(
            io.fabric8.kubernetes.api.model.apiextensions.v1.@Nullable CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }

    /// A namespace of its own, deleted with everything in it when closed.
    default TestNamespace freshNamespace() {
        return TestNamespace.in(this);
    }
}
