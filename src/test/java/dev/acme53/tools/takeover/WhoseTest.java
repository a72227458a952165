package dev.acme53.tools.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhoseTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", ""));

    /// Labels less `app.kubernetes.io/component: controller`, which all have.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            peer's chart           | cert-manager-v1.20.3 | cert-manager | cert-manager-controller | registry.example.com/jetstack/cert-manager-controller:v1.20.3 | PEERS
            peer's chart, renamed  | cert-manager-v1.20.3 | issuing      | issuing                 | registry.example.com/mirror/cm@sha256:0123                    | PEERS
            peer's static file     |                      | cert-manager | cert-manager-controller | registry.example.com/jetstack/cert-manager-controller:v1.20.3 | PEERS
            the same, mirrored     |                      | cert-manager | cert-manager-controller | registry.example.com:5000/cm:1                                | PEERS
            the same, patched      |                      | issuing      | main                    | cert-manager-controller                                       | PEERS
            another's chart of it  | cert-manager-1.5.18  | cert-manager | cert-manager            | registry.example.com/other/cert-manager:1.20.3                | PEERS
            ours by hand           |                      | dns          | main                    | registry.example.com/acme53:0.1.0                             | OURS
            ours, called theirs    | acme53-0.1.0         | cert-manager | cert-manager-controller | registry.example.com/dns:1                                    | OURS
            ours, mirrored         |                      | acme53       | main                    | registry.example.com/dns:1                                    | OURS
            ours by its container  |                      |              | acme53-controller       | registry.example.com/dns:1                                    | OURS
            a driver of theirs     | cert-manager-csi-driver-v0.10.0 | cert-manager-csi-driver | main | registry.example.com/cert-manager-csi-driver:v0.10.0 | NOBODYS
            another's controller   | ingress-4.12.0       | ingress      | controller              | registry.example.com/ingress/controller:v1                    | NOBODYS
            """)
    void theSurestSignThatIsThereDecides(
            String described, String chart, String name, String container, String image, String whose) {
        var deployment = Serialization.unmarshal(
                """
                metadata: {labels: {%s%s}}
                spec: {template: {spec: {containers: [{name: %s, image: "%s"}]}}}
                """.formatted(
                                chart == null ? "" : "helm.sh/chart: " + chart + ", ",
                                name == null ? "" : "app.kubernetes.io/name: " + name,
                                container,
                                image),
                Deployment.class);
        assertThat(Whose.of(deployment).map(Whose::name).orElse("NOBODYS")).isEqualTo(whose);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy/deployment.yaml",
                "src/test/resources/chart/defaults/golden.yaml",
                "src/test/resources/chart/names/golden.yaml",
                "src/test/resources/chart/beside-cert-manager/golden.yaml"
            })
    void whatChartAndDeployFolderMakeIsOurs(String file) throws IOException {
        assertThat(deployments(Files.readString(BASE.resolve(file))))
                .isNotEmpty()
                .allSatisfy(
                        deployment -> assertThat(Whose.of(deployment)).as(file).contains(Whose.OURS));
    }

    /// A chart that depends on ours may call it that, and an image is called as its builder wants.
    @Test
    void ourChartIsKnownAlsoByTheAliasOfThePeer() throws IOException {
        var aliased = Files.readString(BASE.resolve("src/test/resources/chart/defaults/golden.yaml"))
                .replace("name: acme53-controller", "name: cert-manager-controller")
                .replace("app.kubernetes.io/name: acme53", "app.kubernetes.io/name: cert-manager")
                .replace("helm.sh/chart: acme53-", "helm.sh/chart: cert-manager-")
                .replaceAll("image: .*", "image: registry.example.com/dns:1");
        assertThat(deployments(aliased))
                .isNotEmpty()
                .allSatisfy(deployment -> assertThat(Whose.of(deployment)).contains(Whose.OURS));
    }

    @Test
    void argumentsAreThoseOfTheControllerAndNotOfAHelper() {
        var deployment = Serialization.unmarshal("""
                spec: {template: {spec: {containers: [
                  {name: proxy, image: "registry.example.com/proxy:1"},
                  {name: main, image: "registry.example.com/cert-manager-controller:v1.20.3"}]}}}
                """, Deployment.class);
        assertThat(Whose.controller(deployment).map(Container::getName)).contains("main");
    }

    private static Stream<Deployment> deployments(String text) {
        return Stream.of(text.split("(?m)^---\n"))
                .filter(document -> document.contains("kind: Deployment"))
                .map(document -> Serialization.unmarshal(document, Deployment.class));
    }
}
