package dev.acme53.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.Command;
import dev.acme53.servers.NodeCluster;
import dev.acme53.servers.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The commands of README and docs, run as they stand there: in a fresh clone, on a cluster that had nothing of ours.
/// [RestoreIT] runs two of them. Those that need AWS, a registry or a running cert-manager are not run, nor those that
/// take minutes and more (`long`).
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuideClusterIT {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path FOLDER = PROJECT.resolve("target/guide");
    private static final URI STATUS_PAGE = URI.create("http://127.0.0.1:9404/");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String ROLE = "arn:aws:iam::111122223333:role/cert-manager";

    private static NodeCluster cluster;
    private static Guide guide;

    @BeforeAll
    static void start() throws IOException {
        Command.run(PROJECT, Duration.ofMinutes(1), Map.of(), List.of("rm", "-rf", FOLDER.toString()))
                .success();
        cluster = TestServers.newCluster(9);
        cluster.load(PROJECT.resolve("target/acme53-image.tar"));
        cluster.onNode(List.of(
                "ctr",
                "--namespace=k8s.io",
                "images",
                "tag",
                "docker.io/library/acme53:0.1.0-SNAPSHOT",
                "registry.example.com/acme53:0.1.0-SNAPSHOT"));
        guide = new Guide(cluster, FOLDER.resolve("clone"), FOLDER.resolve("home"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void commandsThatNeedNothingRunInAFreshClone() {
        var script = PROJECT.resolve("src/test/docs/run.sh");
        var path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
        var said = Command.run(
                        PROJECT,
                        Duration.ofMinutes(10),
                        Map.of("PATH", path),
                        List.of(
                                "nice", // what runs beside it waits for something with a limit
                                "bash",
                                script.toString(),
                                "--compiled",
                                FOLDER.resolve("clone").toString()))
                .success();
        assertThat(said).contains(" blocks ran");
    }

    @Test
    @Order(2)
    void withoutAnImageAControllerRunsBesideTheCluster() {
        guide.runUntil("README.md", "mvn -q -DskipTests package", GuideClusterIT::statusPageAnswers);
        guide.shell("kubectl delete namespace cert-manager; kubectl delete -f crds/");
    }

    @Test
    @Order(3)
    void manifestsOfTheDeployFolderRunWithoutHelm() {
        guide.run("README.md", "kubectl apply --server-side -f crds/");
        rolledOut();
        guide.run("docs/operations.md", "kubectl delete -f deploy/deployment.yaml");
        assertThat(guide.shell("kubectl get lease cert-manager-controller -n kube-system -o yaml"))
                .doesNotContain("holderIdentity: acme53");
        assertThat(guide.shell("kubectl get -k deploy/ --ignore-not-found -o name"))
                .isEqualToIgnoringWhitespace("namespace/cert-manager");
        guide.shell("kubectl delete namespace cert-manager; kubectl delete -f crds/");
    }

    @Test
    @Order(4)
    void theReadmesInstallationIsOperatedAsThePagesSay() {
        guide.run("README.md", "helm install");
        rolledOut();
        guide.runUntil("README.md", "kubectl -n cert-manager port-forward", GuideClusterIT::statusPageAnswers);
        guide.runUntil("docs/status-page.md", "kubectl", GuideClusterIT::statusPageAnswers);
        guide.runUntil("docs/operations.md", "kubectl port-forward", GuideClusterIT::statusPageAnswers);
        assertThat(guide.run("docs/operations.md", "helm upgrade")).contains("cert-manager-controller");
        rolledOut();
        assertThat(guide.run("docs/operations.md", "kubectl logs")).contains("acme53 starts");
        guide.run("docs/route53.md", "kubectl -n cert-manager rollout restart");
        rolledOut();
        assertThat(guide.run("docs/upgrade.md", "helm upgrade")).contains("superseded", "Rollback was a success");
        rolledOut();
        uninstalled();
    }

    @Test
    @Order(5)
    void onEksAndElsewhereItIsInstalledAsTheQuickStartSays() throws IOException {
        guide.run("docs/quick-start.md", "helm install");
        rolledOut();
        var account = guide.shell("kubectl get serviceaccount cert-manager -n cert-manager -o yaml");
        assertThat(account).contains("eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/acme53");
        uninstalled();
        guide.run("docs/quick-start.md", "helm install");
        rolledOut();
        uninstalled();
        guide.run("docs/quick-start.md", "helm install");
        rolledOut();
        guide.shell(
                "helm upgrade acme53 helm/acme53 -n cert-manager --reuse-values --set global.logFormat=json --wait");
        rolledOut();
        certificateOfTheQuickStart();
        assertThat(guide.run("docs/flags.md", "kubectl")).contains("\"resource_name\":\"www\"");
        whatTheTroubleIs();
        uninstalled();
    }

    private static void whatTheTroubleIs() {
        assertThat(guide.run("docs/troubleshooting.md", "kubectl describe certificate"))
                .contains("Issuing");
        guide.run("docs/troubleshooting.md", "kubectl get challenges");
        guide.run("docs/troubleshooting.md", "kubectl get events");
        assertThat(guide.run("docs/troubleshooting.md", "kubectl get certificates -A"))
                .contains("EXPIRES");
    }

    /// The CA is not there to answer, so it comes as far as the objects.
    private void certificateOfTheQuickStart() throws IOException {
        var page = Pages.text(PROJECT.resolve("docs/quick-start.md"));
        var manifest = page.substring(page.lastIndexOf("```yaml") + "```yaml".length());
        Files.writeString(FOLDER.resolve("clone/www.yaml"), manifest.substring(0, manifest.indexOf("```")));
        guide.shell("kubectl apply -f www.yaml; kubectl wait --for=condition=Issuing certificate/www --timeout=60s");
        guide.runUntil(
                "docs/quick-start.md",
                "kubectl get clusterissuer",
                () -> guide.printed().contains("letsencrypt") && guide.printed().contains("www-tls"));
    }

    @Test
    @Order(6)
    void aTakeOverIsLookedAtInstalledAndGivenBack() {
        var check = guide.outcome("docs/migration.md", "java -jar target/acme53.jar takeover --check");
        assertThat(check.code()).as(check.toString()).isIn(0, 2);
        guide.shell(
                "echo 'serviceAccount: {annotations: {eks.amazonaws.com/role-arn: %s}}' >values.yaml".formatted(ROLE));
        guide.run("docs/migration.md", "helm install acme53 helm/acme53 -n cert-manager --take-ownership");
        assertThat(guide.shell("kubectl get serviceaccount cert-manager -n cert-manager -o yaml"))
                .contains(ROLE);
        rolledOut();
        var back = guide.outcome("docs/migration.md", "java -jar target/acme53.jar takeover --check --back");
        assertThat(back.code()).as(back.toString()).isEqualTo(2);
        assertThat(back.output()).contains("helm uninstall");
        guide.run("docs/migration.md", "helm uninstall acme53 -n cert-manager");
    }

    @Test
    @Order(7)
    void theChartIsInstalledTakesOverAndGoesAsItsReadmeSays() {
        guide.run("helm/acme53/README.md", "helm install");
        rolledOut();
        uninstalled();
        guide.run("helm/acme53/README.md", "helm install");
        rolledOut();
        guide.run("helm/acme53/README.md", "helm uninstall acme53");
    }

    @Test
    @Order(8)
    void noneOfThemIsLeft() {
        assertThat(guide.left()).allMatch(RestoreIT::runs);
    }

    private static void rolledOut() {
        guide.shell("kubectl -n cert-manager rollout status deployment/acme53 --timeout=120s");
    }

    private static void uninstalled() {
        guide.shell("helm uninstall acme53 -n cert-manager --wait");
    }

    private static boolean statusPageAnswers() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(STATUS_PAGE)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }
}
