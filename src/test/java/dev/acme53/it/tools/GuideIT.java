package dev.acme53.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/route53.md: each manifest in it is applied, in the guide's order, to a cluster with the manifests of `deploy/`.
class GuideIT {
    private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static List<String> manifests() throws IOException {
        return YAML.matcher(Files.readString(PROJECT.resolve("docs/route53.md")))
                .results()
                .map(fence -> fence.group(1))
                .toList();
    }

    private static List<HasMetadata> apply(KubernetesClient client, String manifest) {
        var applied = new ArrayList<HasMetadata>();
        for (var part : manifest.split("(?m)^---$")) {
            var resource = client.resource(part);
            applied.add(
                    part.contains("# a patch")
                            ? resource.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), part)
                            : resource.fieldManager("kubectl").forceConflicts().serverSideApply());
        }
        return applied;
    }

    @Test
    void everyManifestOfTheGuideIsTakenByTheApiServer() throws IOException {
        var manifests = manifests();
        assertThat(manifests).hasSizeGreaterThan(7);
        try (var kubernetes = TestServers.newKubernetes();
                var client = kubernetes.client()) {
            kubernetes.apply(PROJECT.resolve("crds"));
            for (var file : List.of("namespace.yaml", "serviceaccount.yaml", "rbac.yaml", "deployment.yaml")) {
                apply(client, Files.readString(PROJECT.resolve("deploy").resolve(file)));
            }
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("team-a")
                            .endMetadata()
                            .build())
                    .create();
            for (var manifest : manifests) {
                assertThat(apply(client, manifest))
                        .as(manifest)
                        .isNotEmpty()
                        .allSatisfy(object ->
                                assertThat(object.getMetadata().getUid()).isNotEmpty());
            }
            var controller = client.apps()
                    .deployments()
                    .inNamespace("cert-manager")
                    .withName("acme53")
                    .get()
                    .getSpec()
                    .getTemplate()
                    .getSpec();
            // patches add to what is there
            assertThat(controller.getContainers()).hasSize(1);
            assertThat(controller.getContainers().getFirst().getImage()).startsWith("acme53:");
            assertThat(controller.getContainers().getFirst().getEnvFrom()).hasSize(1);
            assertThat(controller.getContainers().getFirst().getEnv())
                    .extracting(EnvVar::getName)
                    .contains("POD_NAMESPACE", "AWS_PROFILE", "HTTPS_PROXY", "SSL_CERT_DIR");
            assertThat(controller.getVolumes()).extracting(Volume::getName).containsOnly("aws", "company-roots");
        }
    }
}
