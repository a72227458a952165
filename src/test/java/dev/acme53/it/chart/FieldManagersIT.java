package dev.acme53.it.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.acme53.servers.Command;
import dev.acme53.servers.Helm;
import dev.acme53.servers.Kubectl;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Objects that somebody else applied or edited before: Helm 4 and `kubectl apply --server-side` take no field from
/// another manager that has it with another value, unless they are told `--force-conflicts`.
class FieldManagersIT {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final String CHART = PROJECT.resolve("helm/acme53").toString();
    private static final String NAMESPACE = "cert-manager";
    private static final String KIND = "certificates.cert-manager.io";
    private static final String IN_ITS_NAMESPACE = "--namespace=" + NAMESPACE;
    private static final String FORCE = "--force-conflicts";
    private static final String[] WITH_DEFINITIONS = {"--set=crds.enabled=true", "--take-ownership"};
    private static final Map<String, String> FOREIGN = Map.of(
            "app.kubernetes.io/name: acme53",
            "app.kubernetes.io/name: cert-manager",
            "shortNames: [cert, certs]",
            "shortNames: [cert]");

    private static KubernetesApi cluster;
    private static KubernetesClient client;
    private static Kubectl kubectl;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        cluster = TestServers.newKubernetes();
        client = cluster.client();
        kubectl = new Kubectl(cluster);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stop() {
        client.close();
        cluster.close();
    }

    @AfterEach
    void nothingIsLeft() {
        for (var release : List.of("acme53", "other")) {
            run(Helm.Major.FOUR, "uninstall", release, "--ignore-not-found").success();
        }
        var definitions = client.apiextensions().v1().customResourceDefinitions();
        definitions.delete();
        definitions
                .list()
                .getItems()
                .forEach(definition -> definitions
                        .resource(definition)
                        .waitUntilCondition(gone -> gone == null, 20, TimeUnit.SECONDS));
    }

    /// Whoever had cert-manager's definitions before.
    @ParameterizedTest
    @CsvSource({
        "kubectl apply --server-side, kubectl",
        "kubectl apply, kubectl-client-side-apply",
        "THREE, ''",
        "FOUR, ''"
    })
    void definitionsThatKubectlAppliedAreTakenOverByForce(String before, String inTheWay) throws IOException {
        if (inTheWay.isEmpty()) {
            var major = Helm.Major.valueOf(before);
            run(major, "install", "other", changed(FOREIGN), "--set=crds.enabled=true")
                    .success();
            run(major, "uninstall", "other").success();
        } else {
            kubectl.run((before.substring("kubectl ".length()) + " --filename=" + changed(FOREIGN) + "/files/crds")
                    .split(" "));
        }
        assertThat(shortNames()).containsExactly("cert");
        var taken = run(Helm.Major.FOUR, "install", "acme53", CHART, WITH_DEFINITIONS);
        if (!inTheWay.isEmpty()) {
            assertThat(taken.code()).isNotZero();
            assertThat(taken.errors()).contains("conflicts with \"" + inTheWay + "\"", ".spec.names.shortNames");
            var more = new ArrayList<>(List.of(WITH_DEFINITIONS));
            more.addAll(List.of("--install", FORCE));
            run(Helm.Major.FOUR, "upgrade", "acme53", CHART, more.toArray(String[]::new))
                    .success();
        } else {
            taken.success();
        }
        assertThat(shortNames()).containsExactly("cert", "certs");
    }

    /// Both have them with the same values, until a version of the chart has others.
    @Test
    void definitionsOfTheCheckoutAreTakenOverAndALaterChartNeedsForce() throws IOException {
        kubectl.run("apply", "--server-side", "--filename=" + PROJECT.resolve("crds"));
        run(Helm.Major.FOUR, "install", "acme53", CHART, WITH_DEFINITIONS).success();
        var later = changed(Map.of("shortNames: [cert, certs]", "shortNames: [cert, certs, later]"));
        assertThat(run(Helm.Major.FOUR, "upgrade", "acme53", later, "--reset-then-reuse-values")
                        .errors())
                .contains("conflict with \"kubectl\": .spec.names.shortNames");
        run(Helm.Major.FOUR, "upgrade", "acme53", later, "--reset-then-reuse-values", FORCE)
                .success();
        assertThat(shortNames()).contains("later");
        run(Helm.Major.FOUR, "rollback", "acme53", "1").success();
        assertThat(shortNames()).containsExactly("cert", "certs");
    }

    @Test
    void helm3TakesWhateverIsThereAndHelm4GoesOnSo() throws IOException {
        kubectl.run("apply", "--server-side", "--filename=" + changed(FOREIGN) + "/files/crds");
        assertThat(run(Helm.Major.THREE, "install", "acme53", CHART, "--set=crds.enabled=true", FORCE)
                        .errors())
                .contains("unknown flag: " + FORCE);
        run(Helm.Major.THREE, "install", "acme53", CHART, WITH_DEFINITIONS).success();
        kubectl.run("scale", "deployment/acme53", IN_ITS_NAMESPACE, "--replicas=2");
        run(Helm.Major.FOUR, "upgrade", "acme53", CHART, "--reset-then-reuse-values", "--set=replicaCount=3")
                .success();
        assertThat(shortNames()).containsExactly("cert", "certs");
        assertThat(ChartDeployment.of(client).getSpec().getReplicas()).isEqualTo(3);
    }

    @Test
    void whatWasChangedByHandIsTakenBackByForce() {
        run(Helm.Major.FOUR, "install", "acme53", CHART).success();
        kubectl.run("scale", "deployment/acme53", IN_ITS_NAMESPACE, "--replicas=2");
        assertThat(run(Helm.Major.FOUR, "upgrade", "acme53", CHART, "--set=replicaCount=3")
                        .errors())
                .contains("conflict with \"kubectl\" with subresource \"scale\"", ".spec.replicas");
        assertThat(run(Helm.Major.FOUR, "rollback", "acme53", "1").errors()).contains(".spec.replicas");
        assertThat(ChartDeployment.of(client).getSpec().getReplicas()).isEqualTo(2);
        run(Helm.Major.FOUR, "rollback", "acme53", "1", FORCE).success();
        assertThat(ChartDeployment.of(client).getSpec().getReplicas()).isEqualTo(1);
        run(Helm.Major.FOUR, "upgrade", "acme53", CHART, "--set=replicaCount=3").success();
        assertThat(ChartDeployment.of(client).getSpec().getReplicas()).isEqualTo(3);
    }

    /// `kubectl rollout undo` edits what `kubectl apply` applies.
    @Test
    void deployIsAppliedByForceAfterARolloutWasUndone() throws IOException {
        kubectl.run("apply", "--server-side", "--filename=" + PROJECT.resolve("crds"));
        apply("one");
        awaitRevision(1);
        apply("two");
        awaitRevision(2);
        kubectl.run("rollout", "undo", "deployment/acme53", IN_ITS_NAMESPACE);
        assertThat(ChartDeployment.image(client)).endsWith(":one");
        apply("one"); // the checkout before has what is there
        assertThatThrownBy(() -> apply("two"))
                .hasMessageContaining("conflict with \"kubectl\"")
                .hasMessageContaining(".image");
        apply("two", FORCE);
        assertThat(ChartDeployment.image(client)).endsWith(":two");
        apply("three");
        assertThat(ChartDeployment.image(client)).endsWith(":three");
        for (var file : List.of("deployment", "service", "serviceaccount", "rbac", "user-roles")) {
            kubectl.run("delete", "--filename=" + PROJECT.resolve("deploy/" + file + ".yaml"));
        }
    }

    private void apply(String tag, String... more) throws IOException {
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [%s]
                images: [{name: acme53, newTag: %s}]
                """.formatted(
                        folder.toRealPath().relativize(PROJECT.resolve("deploy").toRealPath()), tag));
        kubectl.run(Stream.concat(Stream.of("apply", "--server-side", "--kustomize=" + folder), Stream.of(more))
                .toArray(String[]::new));
    }

    private static void awaitRevision(int revision) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> String.valueOf(revision)
                        .equals(ChartDeployment.of(client)
                                .getMetadata()
                                .getAnnotations()
                                .get("deployment.kubernetes.io/revision")));
    }

    /// The chart with other definitions inside; its folder.
    private String changed(Map<String, String> replacements) throws IOException {
        var copy = folder.resolve("chart");
        Command.run(Path.of(""), Duration.ofMinutes(1), Map.of(), List.of("cp", "-r", CHART, copy.toString()))
                .success();
        try (var files = Files.list(copy.resolve("files/crds"))) {
            for (var file : files.toList()) {
                var text = Files.readString(file);
                for (var replacement : replacements.entrySet()) {
                    text = text.replace(replacement.getKey(), replacement.getValue());
                }
                Files.writeString(file, text);
            }
        }
        return copy.toString();
    }

    private static List<String> shortNames() {
        return client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(KIND)
                .get()
                .getSpec()
                .getNames()
                .getShortNames();
    }

    private static Command.Outcome run(Helm.Major major, String command, String release, String... more) {
        var all = new ArrayList<>(List.of(command, release, "--namespace=" + NAMESPACE));
        all.addAll(List.of(more));
        return Helm.of(major, cluster).run(all);
    }

    private static Command.Outcome run(Helm.Major major, String command, String release, String chart, String[] more) {
        return run(
                major,
                command,
                release,
                Stream.concat(Stream.of(chart), Stream.of(more)).toArray(String[]::new));
    }
}
