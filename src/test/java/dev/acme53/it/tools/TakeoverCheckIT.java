package dev.acme53.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.acme53.api.Certificate;
import dev.acme53.aws.SolverIdentities;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.names.DnsName;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.tools.Outside;
import dev.acme53.tools.takeover.TakeoverCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// `acme53 takeover --check` on a cluster as cert-manager leaves it. The golden files are in
/// `src/test/resources/takeover`.
class TakeoverCheckIT {
    private static final Path BASE = Path.of(System.getProperty("basedir", ""));
    private static final Path RESOURCES = BASE.resolve("src/test/resources/takeover");

    private static final String RULES = "x-kubernetes-validations";

    /// Of its own: the command reads the whole cluster, and a webhook refuses writes at the end.
    private static KubernetesApi kubernetes;

    private static KubernetesClient client;

    @BeforeAll
    static void fill() throws IOException {
        kubernetes = TestServers.newKubernetes();
        client = kubernetes.client();
        definitions();
        var text = Files.readString(RESOURCES.resolve("cert-manager.yaml"));
        client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> client.resource(item).create());
    }

    /// Ours without their rules, in a release of cert-manager's that keeps some of them, and one is annotated by hand.
    private static void definitions() throws IOException {
        try (var files = Files.list(BASE.resolve("crds"))) {
            for (var file : files.sorted().toList()) {
                var definition = withoutRules(file);
                var annotations = new HashMap<>(Map.of(
                        "meta.helm.sh/release-name", "cert-manager", "meta.helm.sh/release-namespace", "cert-manager"));
                if (definition.getMetadata().getName().contains("acme")) {
                    annotations.put("helm.sh/resource-policy", "keep");
                }
                definition.getMetadata().setAnnotations(annotations);
                client.resource(definition).create();
            }
        }
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("issuers.cert-manager.io")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("kubectl-annotate")
                                .build(),
                        "{\"metadata\": {\"annotations\": {\"helm.sh/resource-policy\": \"keep\"}}}");
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .list()
                .getItems()
                .forEach(definition -> client.resource(definition)
                        .waitUntilCondition(
                                found -> found.getStatus() != null
                                        && found.getStatus().getConditions().stream()
                                                .anyMatch(c -> c.getType().equals("Established")
                                                        && c.getStatus().equals("True")),
                                20,
                                TimeUnit.SECONDS));
    }

    private static CustomResourceDefinition withoutRules(Path file) throws IOException {
        var yaml = new YAMLMapper();
        var tree = yaml.readTree(file.toFile());
        for (var with = tree.findParents(RULES); !with.isEmpty(); with = tree.findParents(RULES)) {
            with.forEach(parent -> ((ObjectNode) parent).remove(RULES));
        }
        return yaml.treeToValue(tree, CustomResourceDefinition.class);
    }

    @AfterAll
    static void stop() {
        client.close();
        kubernetes.close();
    }

    private record Said(int code, String text) {}

    private static Said takeover(String... arguments) {
        try (var tool = ControllerProcess.bare()
                .flags("takeover", "--check", "--kubeconfig=" + kubernetes.kubeconfig())
                .flags(arguments)
                .now()) {
            return new Said(tool.awaitEnd(), tool.log());
        }
    }

    private static void assertGolden(String text, String file) throws IOException {
        if (Boolean.getBoolean("acme53.golden.write")) {
            Files.writeString(RESOURCES.resolve(file), text);
        }
        assertThat(text).isEqualTo(Files.readString(RESOURCES.resolve(file)));
    }

    @Test
    void eachObjectIsServedOrLeftAloneOrAsksForSomethingBefore() throws IOException {
        var said = takeover("--all");
        assertGolden(said.text(), "way-in.txt");
        assertThat(said.code()).isEqualTo(2);
    }

    @Test
    void theWayBackIsToldLikewise() throws IOException {
        var said = takeover("--back", "--all");
        assertGolden(said.text(), "way-back.txt");
        assertThat(said.code()).isEqualTo(2);
    }

    @Test
    void anotherNameOfTheAccountLosesWhatTrustsThePeers() {
        assertThat(takeover("--service-account=dns/acme53", "--leader-election-namespace=dns")
                        .text())
                .contains(
                        "trusts system:serviceaccount:cert-manager:cert-manager, and acme53 will be"
                                + " system:serviceaccount:dns:acme53",
                        "RoleBinding shop/dns-token: lets cert-manager ask for tokens of dns, and not dns/acme53",
                        "ClusterIssuers find their Secrets in cert-manager, and acme53 would look in dns",
                        "its Lease is in kube-system, and acme53 would take one in dns: both would act at once");
    }

    @Test
    void thousandsAreReadByPagesAndEachIsInTheJson() throws IOException {
        var hooks = client.admissionRegistration().v1().validatingWebhookConfigurations();
        var hook = hooks.withName("cert-manager-webhook").get();
        hooks.withName("cert-manager-webhook").delete();
        var many = new NamespaceBuilder()
                .withNewMetadata()
                .withName("many")
                .endMetadata()
                .build();
        client.resource(many).create();
        try {
            IntStream.range(0, 401)
                    .parallel()
                    .forEach(i -> client.resource(certificate("c" + i)).create());
            var said = takeover("--output=json");
            var objects = JsonMapper.builder().build().readTree(said.text()).path("objects");
            assertThat(objects)
                    .filteredOn(object -> object.path("namespace").asText().equals("many"))
                    .hasSize(401)
                    .allSatisfy(object ->
                            assertThat(object.path("verdict").asText()).isEqualTo("served"));
        } finally {
            client.resources(Certificate.class).inNamespace("many").delete();
            hook.getMetadata().setResourceVersion(null);
            client.resource(hook).create();
        }
    }

    private static HasMetadata certificate(String name) {
        var certificate = new Certificate();
        certificate.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace("many").build());
        certificate.setSpec(CertificateSpecs.of("dnsNames: [a.many.test]"));
        return certificate;
    }

    @Test
    void whatMayNotBeReadIsNamedAndTheRestIsToldAllTheSame() {
        client.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName("certificates-alone")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("cert-manager.io")
                        .withResources("certificates")
                        .withVerbs("list")
                        .endRule()
                        .build())
                .create();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("jane")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "certificates-alone")
                        .addNewSubject("rbac.authorization.k8s.io", "User", "jane", null)
                        .build())
                .create();
        var out = new StringWriter();
        var code = new CommandLine(new TakeoverCommand(new As("jane"), InstantSource.system()))
                .setOut(new PrintWriter(out))
                .execute("--check");
        assertThat(code).isEqualTo(2);
        assertThat(out.toString())
                .contains("Certificate shop/api")
                .contains(
                        "\nNot looked at, since whoever asks may not\n",
                        "\n  list leases.coordination.k8s.io: forbidden\n")
                .contains("\n  get customresourcedefinitions.apiextensions.k8s.io: forbidden\n")
                .doesNotContain("is not there", "certificates.cert-manager.io: forbidden");
    }

    /// A user of the cluster.
    private record As(String user) implements Outside {
        @Override
        public KubernetesClient cluster(Optional<String> kubeconfig, Optional<String> context) {
            return KubernetesApi.client(kubernetes.as(user));
        }

        @Override
        public DnsName follow(DnsName name) {
            throw new AssertionError("DNS is not asked");
        }

        @Override
        public SolverIdentities identities(KubernetesClient client) {
            throw new AssertionError("AWS is not asked");
        }

        @Override
        public String partition(String region) {
            throw new AssertionError("no region is asked for");
        }
    }
}
