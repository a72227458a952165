package dev.acme53.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.Kubectl;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/route53.md: each manifest in it is applied, in the guide's order and by the guide's commands, to a cluster with
/// `deploy/`, which is applied once more when all is done.
class GuideIT {
    private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
    private static final String DEPLOY = PROJECT.resolve("deploy").toString();
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static KubernetesApi kubernetes;
    private static KubernetesClient client;
    private static Kubectl kubectl;

    @TempDir
    static Path folder;

    @BeforeAll
    static void startACluster() {
        kubernetes = TestServers.newKubernetes();
        client = kubernetes.client();
        kubectl = new Kubectl(kubernetes);
        kubernetes.apply(PROJECT.resolve("crds"));
        kubectl.run("create", "namespace", "team-a");
    }

    @AfterAll
    static void stop() {
        client.close();
        kubernetes.close();
    }

    @Test
    void whatTheGuideAddsOutlivesTheNextApplyOfDeploy() throws IOException {
        var files = files();
        assertThat(files).hasSizeGreaterThan(7);
        kubectl.run("apply", "--server-side", "-k", DEPLOY);
        for (var file : files) {
            if (isPatch(file)) {
                kubectl.run("patch", "-f", file.toString(), "--patch-file", file.toString());
            } else {
                kubectl.run("apply", "--server-side", "-f", file.toString());
            }
        }
        theGuidesPatchesAddToWhatIsThere();
        kubectl.run("apply", "--server-side", "-k", DEPLOY);
        theGuidesPatchesAddToWhatIsThere();
    }

    @Test
    void theGuidesPatchesArePatchesOfAKustomization() throws IOException {
        for (var object : List.of("deployment/acme53", "serviceaccount/cert-manager")) {
            kubectl.run("delete", object, "--namespace=cert-manager", "--ignore-not-found");
        }
        var overlay = new StringBuilder("resources: [")
                .append(folder.toRealPath().relativize(Path.of(DEPLOY).toRealPath()))
                .append("]\npatches:\n");
        for (var file : files()) {
            if (isPatch(file)) {
                overlay.append("- path: ").append(file.getFileName()).append('\n');
            }
        }
        Files.writeString(folder.resolve("kustomization.yaml"), overlay);
        kubectl.run("apply", "--server-side", "-k", folder.toString());
        theGuidesPatchesAddToWhatIsThere();
    }

    private static void theGuidesPatchesAddToWhatIsThere() {
        var controller = client.apps()
                .deployments()
                .inNamespace("cert-manager")
                .withName("acme53")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec();
        assertThat(controller.getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getImage()).startsWith("acme53:");
            assertThat(container.getEnvFrom()).hasSize(1);
            assertThat(container.getEnv())
                    .extracting(EnvVar::getName)
                    .contains("POD_NAMESPACE", "AWS_PROFILE", "HTTPS_PROXY", "SSL_CERT_DIR");
        });
        assertThat(controller.getVolumes()).extracting(Volume::getName).containsOnly("aws", "company-roots");
        var account = client.serviceAccounts()
                .inNamespace("cert-manager")
                .withName("cert-manager")
                .get();
        assertThat(account.getMetadata().getAnnotations())
                .containsEntry("eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/acme53");
        assertThat(account.getMetadata().getLabels()).containsEntry("app.kubernetes.io/instance", "acme53");
        assertThat(account.getAutomountServiceAccountToken()).isTrue();
    }

    /// The guide's manifests, each in a file, in the guide's order.
    private static List<Path> files() throws IOException {
        var manifests = YAML.matcher(Files.readString(PROJECT.resolve("docs/route53.md")))
                .results()
                .flatMap(fence -> Stream.of(fence.group(1).split("(?m)^---$")))
                .toList();
        for (var i = 0; i < manifests.size(); i++) {
            Files.writeString(file(i), manifests.get(i));
        }
        return IntStream.range(0, manifests.size()).mapToObj(GuideIT::file).toList();
    }

    private static Path file(int place) {
        return folder.resolve(place + ".yaml");
    }

    private static boolean isPatch(Path file) throws IOException {
        return Files.readString(file).contains("# a patch");
    }
}
