package dev.acme53.operator.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.fixture.DeployFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeploymentTest {
    private static final Path FOLDER = Path.of("deploy");

    static Stream<List<String>> ways() {
        return Stream.of(
                List.of(),
                List.of("one-namespace"),
                List.of("beside-cert-manager"),
                List.of("one-namespace", "beside-cert-manager"));
    }

    static Stream<List<String>> waysInOneNamespace() {
        return ways().filter(way -> way.contains("one-namespace"));
    }

    @Test
    void theKustomizationNamesEveryFileAndComponent() throws Exception {
        var text = Files.readString(FOLDER.resolve("kustomization.yaml"));
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("kustomization.yaml")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(text).contains("- " + name));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theDeploymentsFlagsAreTakenAndItsProbesAndPortsAreThoseOfTheFlags(List<String> way) {
        var folder = folder(way);
        var container = folder.ofKind("Deployment").getFirst().at("/spec/template/spec/containers/0");
        var settings = settings(folder);
        assertThat(settings.withoutEffect()).isEmpty();
        assertThat(settings.leaderElection().enabled()).isTrue();
        var ports = StreamSupport.stream(container.get("ports").spliterator(), false)
                .map(port -> port.get("name").asText() + " "
                        + port.get("containerPort").asInt())
                .toList();
        assertThat(ports)
                .containsExactly(
                        "http-metrics " + settings.metrics().address().port(),
                        "http-healthz " + settings.healthz().port());
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/livez");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theRoleOfTheLeaseIsForTheLeaseOfTheFlags(List<String> way) {
        var folder = folder(way);
        var lease = settings(folder).leaderElection();
        assertThat(folder.ofKind("Role"))
                .filteredOn(role -> role.at("/metadata/name").asText().equals("acme53-leaderelection"))
                .singleElement()
                .satisfies(role -> {
                    assertThat(role.at("/metadata/namespace").asText()).isEqualTo(lease.leaseNamespace());
                    assertThat(DeployFolder.texts(role.at("/rules/0/resourceNames")))
                            .containsExactly(lease.leaseName());
                });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theControllerIsBoundToItsOwnServiceAccountOnly(List<String> way) {
        var folder = folder(way);
        var account = folder.ofKind("Deployment")
                .getFirst()
                .at("/spec/template/spec/serviceAccountName")
                .asText();
        assertThat(Stream.concat(folder.ofKind("ClusterRoleBinding").stream(), folder.ofKind("RoleBinding").stream()))
                .hasSize(2)
                .allSatisfy(binding -> {
                    assertThat(binding.get("subjects")).hasSize(1);
                    assertThat(binding.at("/subjects/0/name").asText()).isEqualTo(account);
                    assertThat(folder.ofKind(binding.at("/roleRef/kind").asText()))
                            .anyMatch(role -> role.at("/metadata/name").equals(binding.at("/roleRef/name")));
                });
    }

    @ParameterizedTest
    @MethodSource("waysInOneNamespace")
    void inOneNamespaceNothingOfTheClusterIsGrantedToTheController(List<String> way) {
        var folder = folder(way);
        assertThat(settings(folder).namespace()).contains("cert-manager");
        assertThat(folder.ofKind("ClusterRoleBinding")).isEmpty();
        assertThat(folder.ofKind("Role")).allSatisfy(role -> {
            assertThat(role.at("/metadata/namespace").asText()).isEqualTo("cert-manager");
            assertThat(role.toString()).doesNotContain("clusterissuers");
        });
    }

    @Test
    void besideCertManagerOnlyChallengesAreServed() {
        assertThat(folder(List.of("beside-cert-manager")).arguments())
                .contains("--controllers=challenges", "--leader-election-lease-name=acme53-challenges");
    }

    private static DeployFolder folder(List<String> way) {
        return DeployFolder.with(way.toArray(String[]::new));
    }

    private static Settings settings(DeployFolder folder) {
        return Typed.settings(folder.arguments().toArray(String[]::new));
    }
}
