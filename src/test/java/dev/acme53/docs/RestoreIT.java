package dev.acme53.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Order;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backup and restore as docs/operations.md has them: what a cluster holds is brought to another, which has nothing but
/// the namespaces. Secrets are owned by their Certificates there, since that is where a restore goes wrong most easily.
class RestoreIT {
    private static final Path CRDS =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("crds");
    private static final String PAGE = "docs/operations.md";
    private static final String BACKUP = "kubectl get secrets -A -l";
    private static final String RESTORE = "kubectl apply --server-side -f crds/";
    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata: {name: kept}
            spec:
              acme:
                server: ${DIRECTORY}
                caBundle: ${CA_BUNDLE}
                privateKeySecretRef: {name: kept-account}
                solvers:
                - dns01: {route53: {}}
            """;

    @TempDir
    Path folder;

    @Test
    void whatIsRestoredToAnotherClusterIsReadyAndNotIssuedAgain() throws IOException {
        var crds = Files.createDirectory(folder.resolve("crds"));
        try (var files = Files.list(CRDS)) {
            for (var file : files.toList()) {
                Files.copy(file, crds.resolve(file.getFileName()));
            }
        }
        try (var rig = Rig.start(TestServers.kubernetes(), SimulatorSettings.defaults(), pebble -> pebble);
                var tenant = Tenant.of(rig);
                var other = TestServers.newKubernetes();
                var client = other.client()) {
            rig.route53().createZone("kept.test");
            issue(rig, tenant);
            new Guide(rig.kubernetes(), folder, folder.resolve("home")).run(PAGE, BACKUP);
            var account = accountUrl(tenant.client());
            tenant.client().resources(ClusterIssuer.class).withName("kept").delete();
            var elsewhere = controller(new Rig(other, rig.ca(), rig.route53()), tenant);
            sameNamespaces(tenant.client(), client);
            new Guide(other, folder, folder.resolve("other")).run(PAGE, RESTORE);
            try (var _ = elsewhere.ready()) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() ->
                                isReady(client, tenant) && accountUrl(client).equals(account));
            }
            var certificate = certificate(client, tenant);
            assertThat(certificate.statusOrEmpty().conditions()).hasSize(1);
            var secret = client.secrets()
                    .inNamespace(tenant.namespace().name())
                    .withName("kept-tls")
                    .get();
            assertThat(secret.getData()).isEqualTo(tenant.secret("kept-tls").getData());
            assertThat(secret.getMetadata().getOwnerReferences())
                    .extracting(OwnerReference::getUid)
                    .containsExactly(certificate.getMetadata().getUid());
            assertThat(client.resources(CertificateRequest.class)
                            .inAnyNamespace()
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(client.resources(Order.class).inAnyNamespace().list().getItems())
                    .isEmpty();
            assertThat(rig.ca().orders()).isOne();
        }
    }

    private static void issue(Rig rig, Tenant tenant) {
        try (var _ = controller(rig, tenant).ready()) {
            tenant.apply(ISSUER);
            tenant.certificate("kept", "ClusterIssuer", "kept", "www.kept.test");
            tenant.awaitIssued("kept");
        }
    }

    private static ControllerProcess.Start controller(Rig rig, Tenant tenant) {
        return rig.controller(tenant.namespace().name()).flags("--enable-certificate-owner-ref");
    }

    private static void sameNamespaces(KubernetesClient from, KubernetesClient to) {
        var there = names(to);
        names(from).stream()
                .filter(name -> !there.contains(name))
                .forEach(name -> to.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                        .create());
    }

    private static List<String> names(KubernetesClient client) {
        return client.namespaces().list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getName())
                .toList();
    }

    private static Certificate certificate(KubernetesClient client, Tenant tenant) {
        return client.resources(Certificate.class)
                .inNamespace(tenant.namespace().name())
                .withName("kept")
                .get();
    }

    private static boolean isReady(KubernetesClient client, Tenant tenant) {
        return Conditions.isTrue(certificate(client, tenant).statusOrEmpty().conditions(), ConditionTypes.READY);
    }

    /// Empty before the issuer is ready.
    private static String accountUrl(KubernetesClient client) {
        var issuer = client.resources(ClusterIssuer.class).withName("kept").get();
        var account = issuer.statusOrEmpty().acme();
        return account == null ? "" : account.uri();
    }
}
