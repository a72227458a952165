package dev.acme53.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.ClusterIssuer;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.AccessKey;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.Operation;
import dev.acme53.sim.Role;
import dev.acme53.sim.SimulatorSettings;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhoamiIT {
    private static final String ROLE = "arn:aws:iam::123456789012:role/dns";
    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: %s
            metadata:
              name: whoami
              namespace: ${NAMESPACE}
            spec:
              acme:
                server: ${DIRECTORY}
                privateKeySecretRef:
                  name: whoami-account
                solvers:
            """;

    private static Rig rig;
    private static AccessKey key;
    private Tenant tenant;

    @BeforeAll
    static void start() {
        rig = Rig.start(TestServers.kubernetes(), SimulatorSettings.defaults(), pebble -> pebble);
        key = rig.route53()
                .addUser(
                        "asking",
                        IamPolicy.documented()
                                .allowing("sts:GetCallerIdentity", "*")
                                .allowing("sts:AssumeRole", ROLE));
        rig.route53()
                .addRole(new Role(
                        ROLE,
                        IamPolicy.documented(),
                        List.of(new Role.Trust.Principal(rig.route53().userArn("asking")))));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void enter() {
        tenant = Tenant.of(rig);
    }

    @AfterEach
    void leave() {
        tenant.close();
    }

    /// The exit code and all that was printed, which holds no secret.
    private record Said(int code, String text) {}

    private Said whoami(String... more) {
        try (var tool = ControllerProcess.bare()
                .flags(
                        "whoami",
                        "--issuer=whoami",
                        "--kubeconfig=" + rig.kubernetes().kubeconfig())
                .flags(more)
                .environment("AWS_ACCESS_KEY_ID", key.id())
                .environment("AWS_SECRET_ACCESS_KEY", key.secret())
                .environment("AWS_REGION", "us-east-2")
                .environment(
                        "AWS_ENDPOINT_URL_ROUTE_53",
                        rig.route53().route53Endpoint().toString())
                .environment("AWS_ENDPOINT_URL_STS", rig.route53().stsEndpoint().toString())
                .now()) {
            var code = tool.awaitEnd();
            assertThat(tool.log()).doesNotContain(key.secret());
            return new Said(code, tool.log());
        }
    }

    @Test
    void aClusterIssuerWithTheControllersOwnCredentials() {
        tenant.apply(ISSUER.formatted("ClusterIssuer").replace("  namespace: ${NAMESPACE}\n", "") + """
                - dns01:
                    route53: {region: eu-central-1}
                - http01: {ingress: {ingressClassName: x}}
            """.indent(6));
        try {
            var said = whoami();
            assertThat(said.code()).as(said.text()).isZero();
            assertThat(said.text())
                    .startsWith("ClusterIssuer whoami\n  solver 0, for all names\n")
                    .contains("AWS_ACCESS_KEY_ID", "(the controller's own)")
                    .containsPattern("account: +123456789012\n")
                    .containsPattern("identity: +arn:aws:iam::123456789012:user/asking, says AWS\n")
                    .containsPattern("region: +us-east-2, from AWS_REGION\n")
                    .contains(rig.route53().route53Endpoint().toString())
                    .containsPattern("solver 1, for all names\n +not served:");
            assertThat(whoami("--cluster-issuer-ambient-credentials=false").code())
                    .isEqualTo(1);
        } finally {
            tenant.client().resources(ClusterIssuer.class).withName("whoami").delete();
        }
    }

    @Test
    void anIssuersSolversOneByOneAndWhichIsRefused() {
        tenant.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: keys, namespace: "${NAMESPACE}"}
                stringData: {secret: "%s"}
                """.formatted(key.secret()));
        tenant.apply(ISSUER.formatted("Issuer") + """
                - selector: {dnsZones: [a.test]}
                  dns01:
                    route53:
                      region: eu-central-1
                      role: %s
                      hostedZoneID: Z0123456789ABC
                      accessKeyID: %s
                      secretAccessKeySecretRef: {name: keys, key: secret}
                - dns01:
                    route53: {}
                """.formatted(ROLE, key.id()).indent(6));
        var before = rig.route53().count(Operation.CHANGE_RESOURCE_RECORD_SETS);
        var said = whoami("-n", tenant.namespace().name());
        assertThat(said.code()).as(said.text()).isEqualTo(1);
        assertThat(said.text())
                .startsWith("Issuer " + tenant.namespace().name() + "/whoami\n  solver 0, for all below a.test\n")
                .containsPattern("source: +.*keys")
                .containsPattern("then role: +" + ROLE)
                .containsPattern("account: +123456789012\n")
                .containsPattern("region: +eu-central-1, from .*region\n")
                .containsPattern("hosted zone: +Z0123456789ABC\n")
                .containsPattern("refused: +error instantiating route53 challenge solver: .*empty credentials");
        assertThat(rig.route53().count(Operation.CHANGE_RESOURCE_RECORD_SETS)).isEqualTo(before);
    }

    @Test
    void anIssuerThatIsNotThereIsSaidSo() {
        var said = whoami("-n", tenant.namespace().name());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text())
                .isEqualTo("acme53 whoami: there is no Issuer whoami in namespace "
                        + tenant.namespace().name() + "\n");
    }
}
