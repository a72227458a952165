package dev.acme53.operator.flags;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private static final Path FOLDER = Path.of("deploy");

    @Test
    void theKustomizationNamesEveryFile() throws Exception {
        try (var files = Files.list(FOLDER)) {
            var others = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("kustomization.yaml"))
                    .toList();
            assertThat(texts(objects("kustomization.yaml").getFirst().get("resources")))
                    .containsExactlyInAnyOrderElementsOf(others);
        }
    }

    @Test
    void theDeploymentsFlagsAreTakenAndItsProbesAndPortsAreThoseOfTheFlags() throws Exception {
        var container = objects("deployment.yaml").getFirst().at("/spec/template/spec/containers/0");
        var settings = Typed.settings(texts(container.get("args")).toArray(String[]::new));
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

    @Test
    void theRoleOfTheLeaseIsForTheLeaseOfTheFlags() throws Exception {
        var settings = Typed.settings();
        var role = objects("rbac.yaml").stream()
                .filter(object -> object.get("kind").asText().equals("Role"))
                .findFirst()
                .orElseThrow();
        assertThat(role.at("/metadata/namespace").asText())
                .isEqualTo(settings.leaderElection().leaseNamespace());
        assertThat(texts(role.at("/rules/0/resourceNames")))
                .containsExactly(settings.leaderElection().leaseName());
    }

    @Test
    void theControllerIsBoundToItsOwnServiceAccountOnly() throws Exception {
        var account = objects("deployment.yaml")
                .getFirst()
                .at("/spec/template/spec/serviceAccountName")
                .asText();
        for (var object : objects("rbac.yaml")) {
            if (object.get("kind").asText().endsWith("Binding")) {
                assertThat(object.get("subjects")).hasSize(1);
                assertThat(object.at("/subjects/0/name").asText()).isEqualTo(account);
            }
        }
    }

    private static List<JsonNode> objects(String file) throws IOException {
        var mapper = new YAMLMapper();
        var all = new ArrayList<JsonNode>();
        try (var values =
                mapper.readerFor(JsonNode.class).readValues(FOLDER.resolve(file).toFile())) {
            values.forEachRemaining(value -> all.add((JsonNode) value));
        }
        return all;
    }

    private static List<String> texts(JsonNode list) {
        return Stream.of(list)
                .flatMap(node -> StreamSupport.stream(node.spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }
}
