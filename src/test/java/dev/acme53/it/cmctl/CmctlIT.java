package dev.acme53.it.cmctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.ServerBinaries;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.SimulatorSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CmctlIT {
    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata:
              name: cmctl
            spec:
              acme:
                server: ${DIRECTORY}
                caBundle: ${CA_BUNDLE}
                privateKeySecretRef:
                  name: cmctl-account
                solvers:
                  - dns01:
                      route53: {}
            """;

    private static Rig rig;
    private static Tenant platform;
    private static Tenant tenant;
    private static ControllerProcess controller;

    @BeforeAll
    static void start() {
        rig = Rig.start(TestServers.kubernetes(), SimulatorSettings.defaults(), pebble -> pebble);
        rig.route53().createZone("cmctl.test");
        platform = Tenant.of(rig);
        tenant = Tenant.of(rig);
        controller = rig.controller(platform.namespace().name()).ready();
        platform.apply(ISSUER);
    }

    @AfterAll
    static void stop() {
        platform.client().resources(ClusterIssuer.class).withName("cmctl").delete();
        controller.close();
        tenant.close();
        platform.close();
        rig.close();
    }

    @Test
    void renewIsNoticedWithinASecondAndItsConditionGoesAfterSuccess() throws Exception {
        tenant.certificate("renewed", "ClusterIssuer", "cmctl", "renewed.cmctl.test");
        var first = tenant.awaitIssued("renewed");
        cmctl("renew", "renewed");
        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> tenant.requests().stream()
                        .anyMatch(r -> r.getMetadata().getName().equals("renewed-2")));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(tenant.certificate("renewed").statusOrEmpty().revision()).isEqualTo(2);
            assertThat(Conditions.find(
                            tenant.certificate("renewed").statusOrEmpty().conditions(), ConditionTypes.ISSUING))
                    .isEmpty();
        });
        assertThat(tenant.awaitIssued("renewed").getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    }

    @Test
    void statusCertificateTellsAnIssuanceUnderWay() throws Exception {
        rig.route53().createZone("slow.test");
        rig.route53().settings().insyncAfter(Duration.ofSeconds(20));
        tenant.certificate("told", "ClusterIssuer", "cmctl", "told.slow.test");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> tenant.challenges().stream()
                        .anyMatch(c -> c.statusOrEmpty().presented()));
        rig.route53().settings().insyncAfter(Duration.ZERO); // for the changes of others
        var text = cmctl("status", "certificate", "told");
        assertThat(text)
                .contains("Name: told", "Issuing: True", "CertificateRequest:", "Order:", "State: pending")
                .contains("Challenges:", "Type: DNS-01", "Presented: true");
    }

    @Test
    void statusCertificateTellsAnIssuedOne() throws Exception {
        tenant.certificate("done", "ClusterIssuer", "cmctl", "done.cmctl.test");
        tenant.awaitIssued("done");
        var text = cmctl("status", "certificate", "done");
        assertThat(text)
                .contains("Ready: True", "DNS Names:", "- done.cmctl.test", "Secret:", "Renewal Time:")
                .contains("No CertificateRequest found for this Certificate");
    }

    private String cmctl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ServerBinaries.cmctl().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--namespace", tenant.namespace().name()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", rig.kubernetes().kubeconfig().toString());
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
