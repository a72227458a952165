package dev.acme53.operator.flags;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.acme53.fixture.DeployFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The command lines and configuration files that the chart makes, read as the program reads them.
class ChartFlagsTest {
    private static final Path SETS = Path.of("src/test/resources/chart");
    private static final String MOUNTED = "/var/cert-manager/config/config.yaml";

    @TempDir
    Path folder;

    static Stream<Path> sets() throws IOException {
        try (var files = Files.list(SETS)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyCommandLineIsTakenAndTheLeaseIsTheOneOfTheRole(Path set) throws IOException {
        var golden = objects(set);
        var settings = settings(golden);
        var lease = settings.leaderElection();
        assertThat(lease.enabled()).isTrue();
        assertThat(golden.ofKind("Role"))
                .filteredOn(role -> role.at("/metadata/name").asText().endsWith("-leaderelection"))
                .allSatisfy(role -> {
                    assertThat(role.at("/metadata/namespace").asText()).isEqualTo(lease.leaseNamespace());
                    assertThat(DeployFolder.texts(role.at("/rules/0/resourceNames")))
                            .containsExactly(lease.leaseName());
                });
    }

    @Test
    void byDefaultNothingIsGivenThatHasNoEffect() throws IOException {
        var settings = settings(objects(SETS.resolve("defaults")));
        assertThat(settings.withoutEffect()).isEmpty();
        assertThat(settings.clusterResourceNamespace()).isEqualTo("cert-manager");
        assertThat(settings.leaderElection().leaseName()).isEqualTo("cert-manager-controller");
        assertThat(settings.leaderElection().leaseNamespace()).isEqualTo("kube-system");
        assertThat(settings.approvedSigners())
                .containsExactly("issuers.cert-manager.io/*", "clusterissuers.cert-manager.io/*");
        assertThat(settings.logging()).isEqualTo(new Settings.Logging(2, false));
    }

    @Test
    void valuesWinOverTheConfigurationFile() throws IOException {
        var settings = settings(objects(SETS.resolve("config")));
        assertThat(settings.logging()).isEqualTo(new Settings.Logging(4, false));
        assertThat(settings.challenges().checkRetryPeriod()).hasSeconds(5);
        assertThat(settings.challenges().atOnce()).isEqualTo(100);
        assertThat(settings.challenges().nameservers())
                .containsExactly("10.0.0.2:53", "https://dns.example.com/dns-query");
        assertThat(settings.challenges().nameserversOnly()).isTrue();
        assertThat(settings.certificates().ownerReference()).isTrue();
        assertThat(settings.clusterResourceNamespace()).isEqualTo("issuers");
        assertThat(settings.controllers().has(Stage.APPROVER)).isFalse();
        assertThat(settings.controllers().has(Stage.CHALLENGES)).isTrue();
        assertThat(settings.withoutEffect())
                .extracting(Settings.WithoutEffect::flag)
                .containsExactly(
                        "--feature-gates=ACMEUseARI",
                        "--feature-gates=ServerSideApply",
                        "--feature-gates=StableCertificateRequestName");
    }

    @Test
    void besideCertManagerOnlyChallengesAreServedUnderALeaseOfOnesOwn() throws IOException {
        var settings = settings(objects(SETS.resolve("beside-cert-manager")));
        assertThat(Stream.of(Stage.values()).filter(settings.controllers()::has))
                .containsExactly(Stage.CHALLENGES);
        assertThat(settings.leaderElection().leaseName()).isEqualTo("acme53-challenges");
    }

    @Test
    void oneNamespaceIsServedAndHasTheLease() throws IOException {
        var settings = settings(objects(SETS.resolve("one-namespace")));
        assertThat(settings.namespace()).contains("team-a");
        assertThat(settings.leaderElection().leaseNamespace()).isEqualTo("team-a");
    }

    private Settings settings(DeployFolder golden) throws IOException {
        var file = folder.resolve("config.yaml");
        for (var map : golden.ofKind("ConfigMap")) {
            if (map.at("/data").has("config.yaml")) {
                Files.writeString(file, map.at("/data/config.yaml").asText());
            }
        }
        return Typed.settings(golden.arguments().stream()
                .map(argument -> argument.replace(MOUNTED, file.toString()))
                .toArray(String[]::new));
    }

    private static DeployFolder objects(Path set) throws IOException {
        try (var all = new YAMLMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(set.resolve("golden.yaml").toFile())) {
            return new DeployFolder(
                    all.readAll().stream().filter(JsonNode::isObject).toList());
        }
    }
}
