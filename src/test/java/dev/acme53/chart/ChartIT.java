package dev.acme53.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.acme53.fixture.DeployFolder;
import dev.acme53.servers.Command;
import dev.acme53.servers.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the real helm makes of the chart, without a cluster.
class ChartIT {
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path folder;

    static List<ValueSet> sets() {
        return ValueSet.all();
    }

    static Stream<Arguments> setsByMajor() {
        return sets().stream().flatMap(set -> Stream.of(Helm.Major.values()).map(major -> Arguments.of(set, major)));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void theChartRendersTheGoldenFile(ValueSet set) {
        assertThat(set.rendered())
                .as("run: mvn test-compile exec:exec@chart, and look at the difference")
                .isEqualTo(Project.read(set.golden()));
    }

    /// It puts fewer blank lines between them.
    @ParameterizedTest
    @MethodSource("sets")
    void helm3MakesTheSameObjects(ValueSet set) {
        assertThat(Chart.objects(set.rendered(Helm.Major.THREE))).isEqualTo(Chart.objects(Project.read(set.golden())));
    }

    @ParameterizedTest
    @MethodSource("setsByMajor")
    void helmLintFindsNothing(ValueSet set, Helm.Major major) {
        var lint = Helm.alone(major)
                .run(List.of(
                        "lint",
                        "--strict",
                        "--quiet",
                        "--kube-version=" + Chart.KUBERNETES,
                        "--values=" + set.values(),
                        Project.CHART.toString()));
        assertThat(lint.errors() + lint.output()).isBlank();
        assertThat(lint.code()).isZero();
    }

    @Test
    void deployIsTheChartRendered() {
        assertThat(DeployFiles.texts())
                .isNotEmpty()
                .allSatisfy((name, text) -> assertThat(Project.read(Project.DEPLOY.resolve(name)))
                        .as("run: mvn test-compile exec:exec@chart")
                        .isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-namespace", "beside-cert-manager", "one-namespace beside-cert-manager"})
    void componentsOfDeployAreWhatTheChartHasValuesFor(String switchedOn) {
        var components = switchedOn.split(" ");
        assertThat(named(DeployFolder.with(components).objects()))
                .isNotEmpty()
                .isEqualTo(named(DeployFiles.asked(components)));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theCustomResourceDefinitionsAreThoseOfTheTopAndKept(boolean keep) throws IOException {
        var rendered = Chart.objects(given(Helm.Major.FOUR, """
                crds: {enabled: true, keep: %s}
                global: {commonLabels: {example.com/team: platform}}
                """.formatted(keep)).success()).stream()
                .filter(o -> o.at("/kind").asText().equals("CustomResourceDefinition"))
                .toList();
        assertThat(rendered).hasSize(6);
        for (var source : Project.list(Project.CRDS)) {
            var expected = (ObjectNode) YAML.readTree(Project.read(source));
            assertThat(rendered)
                    .filteredOn(crd -> crd.at("/metadata/name").equals(expected.at("/metadata/name")))
                    .singleElement()
                    .satisfies(crd -> {
                        assertThat(crd.get("spec")).isEqualTo(expected.get("spec"));
                        assertThat(crd.at("/metadata/annotations/helm.sh~1resource-policy")
                                        .asText())
                                .isEqualTo(keep ? "keep" : "");
                        assertThat(crd.at("/metadata/labels/example.com~1team").asText())
                                .isEqualTo("platform");
                        // cmctl version reads the API's version there
                        assertThat(crd.at("/metadata/labels/app.kubernetes.io~1version"))
                                .isEqualTo(expected.at("/metadata/labels/app.kubernetes.io~1version"));
                    });
        }
    }

    @Test
    void theOldNameInstallsCustomResourceDefinitionsThatStay() throws IOException {
        var enabled = given(Helm.Major.FOUR, "crds: {enabled: true}").success();
        assertThat(given(Helm.Major.FOUR, "installCRDs: true").success()).isEqualTo(enabled);
        assertThat(Chart.objects(enabled))
                .filteredOn(o -> o.at("/kind").asText().equals("CustomResourceDefinition"))
                .hasSize(6)
                .allSatisfy(crd -> assertThat(crd.at("/metadata/annotations/helm.sh~1resource-policy")
                                .asText())
                        .isEqualTo("keep"));
    }

    /// behaviour.md §9.1: `repository` wins over the name that is put together, `registry` goes in front of either, and
    /// a digest says which image it is, whatever the tag.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {image: {tag: v1}} | acme53:v1
            {image: {registry: r.example.com, tag: v1}} | r.example.com/acme53:v1
            {image: {registry: r.example.com, repository: team/acme53, tag: v1}} | r.example.com/team/acme53:v1
            {imageRegistry: q.example.com, image: {repository: team/acme53, tag: v1}} | team/acme53:v1
            {imageRegistry: q.example.com, imageNamespace: team, image: {tag: v1}} | q.example.com/team/acme53:v1
            {imageRegistry: q.example.com, image: {registry: r.example.com, tag: v1}} | r.example.com/q.example.com/acme53:v1
            {imageNamespace: team, image: {name: tls, tag: v1}} | team/tls:v1
            {image: {repository: team/acme53, digest: "sha256:%1$s"}} | team/acme53@sha256:%1$s
            {image: {repository: team/acme53, tag: v1, digest: "sha256:%1$s"}} | team/acme53@sha256:%1$s
            {image: {repository: team/acme53, registry: null, tag: v1, digest: null}} | team/acme53:v1
            """)
    void theImageIsPutTogetherAsByThePeersChart(String values, String image) throws IOException {
        var digest = "0123456789abcdef".repeat(4);
        assertThat(Chart.objects(
                        given(Helm.Major.FOUR, values.formatted(digest)).success()))
                .filteredOn(o -> o.at("/kind").asText().equals("Deployment"))
                .singleElement()
                .satisfies(deployment -> assertThat(deployment
                                .at("/spec/template/spec/containers/0/image")
                                .asText())
                        .isEqualTo(image.formatted(digest)));
    }

    @Test
    void aPackageRendersTheSame() {
        Helm.alone(Helm.Major.FOUR)
                .run(List.of("package", Project.CHART.toString(), "--destination=" + folder))
                .success();
        var defaults = new ValueSet(Project.SETS.resolve("defaults"));
        assertThat(Chart.template(Helm.Major.FOUR, Project.list(folder).getFirst(), "acme53", defaults.values())
                        .success())
                .isEqualTo(Project.read(defaults.golden()));
    }

    @ParameterizedTest
    @CsvSource({"true, 6", "false, 0"})
    void aChartThatDependsOnItGivesItValuesAndSwitchesItOff(boolean on, int crds) throws IOException {
        Files.writeString(folder.resolve("Chart.yaml"), """
                apiVersion: v2
                name: platform
                version: 1.0.0
                dependencies:
                  - {name: acme53, version: ">= 0-0", condition: acme53.enabled}
                """);
        Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("charts")).resolve("acme53"), Project.CHART.toAbsolutePath());
        var values = Files.writeString(folder.resolve("platform.yaml"), """
                global: {ours: true, logLevel: 3}
                acme53: {enabled: %s, crds: {enabled: true}}
                """.formatted(on));
        var objects = Chart.objects(
                Chart.template(Helm.Major.FOUR, folder, "tls", values).success());
        assertThat(objects)
                .filteredOn(o -> o.at("/kind").asText().equals("CustomResourceDefinition"))
                .hasSize(crds);
        assertThat(objects)
                .filteredOn(o -> o.at("/kind").asText().equals("Deployment"))
                .hasSize(on ? 1 : 0)
                .allSatisfy(deployment -> {
                    assertThat(deployment.at("/metadata/name").asText()).isEqualTo("tls-acme53");
                    assertThat(deployment.toString()).contains("--v=3");
                });
    }

    static Stream<List<String>> refusals() {
        return Stream.of(
                List.of("replicas: 2", "additional properties 'replicas' not allowed"),
                List.of("replicaCount: two", "/replicaCount': got string, want integer"),
                List.of("replicaCount: -1", "/replicaCount': minimum"),
                List.of("crds: {enabled: yes please}", "/crds/enabled': got string, want boolean"),
                List.of("crds: {install: true}", "additional properties 'install' not allowed"),
                List.of("global: {logFormat: xml}", "/global/logFormat'"),
                List.of("global: {leaderElection: {leaseDuration: 60}}", "/global/leaderElection/leaseDuration'"),
                List.of("global: {leaderElection: {leaseDuration: 1 minute}}", "does not match pattern"),
                List.of("image: {pullPolicy: Sometimes}", "/image/pullPolicy'"),
                List.of("image: {digest: 0123}", "/image/digest'"),
                List.of("podAnnotations: {prometheus.io/scrape: true}", "got boolean, want string"),
                List.of("extraEnv: {A: b}", "/extraEnv': got object, want"),
                List.of("featureGates: ServerSideApply", "/featureGates'"),
                List.of("config: {kind: Configuration}", "/config/kind'"),
                List.of("approveSignerNames: [letsencrypt]", "/approveSignerNames/0'"),
                List.of("watchNamespace: [a, b]", "/watchNamespace'"),
                List.of("podDnsPolicy: Nearby", "/podDnsPolicy'"),
                List.of("prometheus: {servicemonitor: {interval: 1 minute}}", "/prometheus/servicemonitor/interval'"),
                List.of("prometheus: {podmonitor: {targetPort: 9402}}", "/prometheus/podmonitor/targetPort'"),
                List.of("podDisruptionBudget: {minAvailable: most}", "/podDisruptionBudget/minAvailable'"),
                List.of("prometheus: {rules: {disabled: [Down]}}", "/prometheus/rules/disabled/0'"),
                List.of("prometheus: {rules: {runbookURL: docs}}", "/prometheus/rules/runbookURL'"),
                List.of("grafana: {dashboard: {folder: Certificates}}", "additional properties 'folder' not allowed"),
                // what no schema says
                List.of("prometheus: {rules: {enabled: true, disabled: [Acme53Up]}}", "there is no alert Acme53Up"),
                List.of("image: {repository: quay.example.com/cert-manager-controller}", "is cert-manager's image"),
                List.of("image: {name: cert-manager-controller}", "is cert-manager's image"),
                List.of(
                        "image: {registry: quay.example.com, repository: cert-manager-controller}",
                        "quay.example.com/cert-manager-controller is cert-manager's image"),
                List.of("{installCRDs: true, crds: {enabled: true}}", "installCRDs is the old name of crds.enabled"),
                List.of("{installCRDs: true, crds: {keep: false}}", "for crds.keep=false give crds.enabled"),
                List.of(
                        "prometheus: {podmonitor: {enabled: true}, servicemonitor: {enabled: true}}",
                        "exclude each other"),
                List.of(
                        "podDisruptionBudget: {enabled: true, minAvailable: 1, maxUnavailable: 1}",
                        "exclude each other"),
                List.of(
                        "{watchNamespace: a, besideCertManager: true, disableAutoApproval: 1}",
                        "disableAutoApproval'"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void valuesThatCannotBeMeantAreRefused(List<String> row) throws IOException {
        for (var major : Helm.Major.values()) {
            var outcome = given(major, row.getFirst());
            assertThat(outcome.code()).isNotZero();
            assertThat(outcome.errors()).contains(row.getLast());
        }
    }

    private Command.Outcome given(Helm.Major major, String values) throws IOException {
        return Chart.template(major, "acme53", Files.writeString(folder.resolve("values.yaml"), values));
    }

    /// The objects by what names them, but for the Namespace, which helm makes by itself; a container's arguments as it
    /// gets them, in no order.
    private static Map<String, JsonNode> named(List<JsonNode> objects) {
        var all = new TreeMap<String, JsonNode>();
        for (var object : objects) {
            var kind = object.at("/kind").asText();
            if (kind.equals("Deployment")) {
                var container = (ObjectNode) object.at("/spec/template/spec/containers/0");
                var arguments =
                        new DeployFolder(List.of(object)).arguments().stream().sorted();
                var list = container.putArray("args");
                arguments.forEach(list::add);
            }
            if (!kind.equals("Namespace")) {
                var place = object.at("/metadata/namespace").asText() + "/";
                all.put(kind + " " + place + object.at("/metadata/name").asText(), object);
            }
        }
        return all;
    }
}
