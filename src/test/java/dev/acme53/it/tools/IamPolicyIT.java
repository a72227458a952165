package dev.acme53.it.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IamPolicyIT {
    private static final String ISSUERS = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata:
              name: iam-policy
            spec:
              acme:
                server: ${DIRECTORY}
                caBundle: ${CA_BUNDLE}
                privateKeySecretRef:
                  name: iam-policy-account
                solvers:
                  - dns01:
                      route53: {}
                  - selector:
                      dnsZones: [elsewhere.test]
                    dns01:
                      route53:
                        role: arn:aws:iam::444455556666:role/dns
                        hostedZoneID: Z0ELSEWHERE
            ---
            apiVersion: cert-manager.io/v1
            kind: Issuer
            metadata:
              name: team
              namespace: ${NAMESPACE}
            spec:
              acme:
                server: ${DIRECTORY}
                caBundle: ${CA_BUNDLE}
                privateKeySecretRef:
                  name: team-account
                solvers:
                  - dns01:
                      route53:
                        role: arn:aws:iam::111122223333:role/team
                        auth:
                          kubernetes:
                            serviceAccountRef:
                              name: dns
                  - selector:
                      dnsNames: [ambient.team.test]
                    dns01:
                      route53:
                        role: arn:aws:iam::111122223333:role/administrator
                  - selector:
                      dnsNames: [wide.team.test]
                    dns01:
                      route53:
                        hostedZoneID: "*"
                        accessKeyID: AKIAEXAMPLE
                        secretAccessKeySecretRef: {name: keys, key: secret}
            """;

    /// Of its own: the command reads all issuers there are.
    private static KubernetesApi kubernetes;

    private static Rig rig;
    private Tenant tenant;

    @BeforeAll
    static void start() {
        kubernetes = TestServers.newKubernetes();
        kubernetes.apply(Path.of(System.getProperty("basedir", "")).resolve("crds"));
        rig = Rig.start(kubernetes, SimulatorSettings.defaults(), pebble -> pebble);
        rig.route53().createZone("shop.test");
    }

    @AfterAll
    static void stop() {
        rig.close();
        kubernetes.close();
    }

    @BeforeEach
    void enter() {
        tenant = Tenant.of(rig);
        tenant.apply(ISSUERS);
        tenant.certificate("www", "ClusterIssuer", "iam-policy", "www.shop.test", "*.shop.test");
        tenant.certificate("away", "ClusterIssuer", "iam-policy", "www.elsewhere.test");
        tenant.certificate("team", "Issuer", "team", "team.test");
    }

    @AfterEach
    void leave() {
        tenant.client().resources(ClusterIssuer.class).withName("iam-policy").delete();
        tenant.close();
    }

    private String printed(String... more) {
        try (var tool = ControllerProcess.bare()
                .flags("iam-policy", "--kubeconfig=" + rig.kubernetes().kubeconfig())
                .flags(more)
                .now()) {
            assertThat(tool.awaitEnd()).isZero();
            return tool.log();
        }
    }

    private static JsonNode document(String printed, String purpose) throws Exception {
        var list = JsonMapper.builder()
                .build()
                .readTree(printed.substring(printed.indexOf("[\n"), printed.lastIndexOf("\n]") + 2));
        for (var item : list) {
            if (item.path("purpose").asText().startsWith(purpose)) {
                return item.path("document");
            }
        }
        throw new AssertionError(purpose + " in\n" + printed);
    }

    @Test
    void theControllerWorksUnderThePolicyPrintedAndIsDeniedBeyondIt() throws Exception {
        var printed = printed(
                "--output=json",
                "--cluster-resource-namespace=" + tenant.namespace().name());
        var policy = document(printed, "permissions of the controller's own identity");
        var key = rig.route53().addUser("tightest", IamPolicy.parse(policy.toString()));
        try (var controller = rig.controller(tenant.namespace().name())
                .environment("AWS_ACCESS_KEY_ID", key.id())
                .environment("AWS_SECRET_ACCESS_KEY", key.secret())
                .ready()) {
            tenant.awaitIssued("www");
            tenant.certificate("other", "ClusterIssuer", "iam-policy", "other.shop.test");
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(
                            () -> assertThat(tenant.issuingMessage("other")).contains("AccessDenied"));
            controller.stop();
        }
        assertThat(rig.route53().history())
                .noneMatch(h -> h.recordSet().name().equals("_acme-challenge.other.shop.test."));
    }

    @Test
    void eachIdentityOfTheClusterGetsItsOwnPolicies() throws Exception {
        var printed = printed(
                "--output=json",
                "--principal=arn:aws:iam::111122223333:role/acme53",
                "--oidc-provider=oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE");
        var own = document(printed, "permissions of the controller's own identity")
                .toString();
        assertThat(own)
                .contains("_acme-challenge.shop.test", "_acme-challenge.www.shop.test", "ListHostedZonesByName")
                .contains("\"TakeRoles\"", "role/dns")
                .doesNotContain("elsewhere", "administrator", "team.test");
        assertThat(document(printed, "permissions of role arn:aws:iam::444455556666:role/dns")
                        .toString())
                .contains("hostedzone/Z0ELSEWHERE", "_acme-challenge.www.elsewhere.test")
                .doesNotContain("ListHostedZonesByName", "shop.test");
        assertThat(document(printed, "trust policy of role arn:aws:iam::444455556666:role/dns, first form")
                        .toString())
                .contains("arn:aws:iam::111122223333:role/acme53");
        assertThat(document(printed, "permissions of role arn:aws:iam::111122223333:role/team")
                        .toString())
                .contains("_acme-challenge.team.test");
        assertThat(document(printed, "trust policy of role arn:aws:iam::111122223333:role/team")
                        .toString())
                .contains("id/EXAMPLE:sub\":\"system:serviceaccount:"
                        + tenant.namespace().name() + ":dns\"");
        assertThat(printed)
                .contains("may not use the controller's own credentials", "hostedZoneID is not the id")
                .doesNotContain("role/administrator", "hostedzone/*\\\"");
    }

    @Test
    void whatAClusterDoesNotTellIsToldByANote() {
        assertThat(printed()).contains("# note: role arn:aws:iam::444455556666:role/dns", "give --principal");
    }
}
