package dev.acme53.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.CertificateRequest;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Issuer;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Operation;
import dev.acme53.sim.SimulatorSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BadInputIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: Issuer
            metadata:
              name: le
              namespace: ${NAMESPACE}
            spec:
              acme:
                server: ${DIRECTORY}
                caBundle: ${CA_BUNDLE}
                privateKeySecretRef:
                  name: le-account
                solvers:
                  - dns01:
                      route53:
                        accessKeyID: %s
                        secretAccessKeySecretRef:
                          name: aws
                          key: secret
                        region: us-east-1
            """;

    private static Rig rig;
    private static ControllerProcess controller;
    private Tenant tenant;

    @BeforeAll
    static void start() {
        rig = Rig.start(
                TestServers.kubernetes(),
                SimulatorSettings.defaults(),
                pebble -> pebble.withBlocked(List.of("blocked.bad.test")));
        rig.route53().createZone("bad.test");
        rig.route53().createZone("gone.test"); // a zone shows its changes in their order, and one here stays pending
        controller = rig.controller("default").ready();
    }

    @AfterAll
    static void stop() {
        controller.close();
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

    @Test
    void anUnknownIssuerIsNamedAndCountsAsSoonAsItIsThere() {
        tenant.certificate("early", "Issuer", "le", "early.bad.test");
        awaitMessage("early", "le");
        awsSecret();
        issuer();
        tenant.awaitIssued("early");
    }

    @Test
    void aMissingSecretOfTheSolverIsNamedAndCountsAsSoonAsItIsThere() {
        issuer();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(issuerReady()).isEqualTo("InvalidSolver"));
        assertThat(issuerMessage()).contains("aws");
        awsSecret();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(issuerReady()).isEqualTo("ACMEAccountRegistered"));
    }

    @Test
    void aNameOutsideEveryZoneIsNamedUpToTheCertificateAndOthersGoOn() {
        ready();
        tenant.certificate("lost", "Issuer", "le", "www.nowhere.test");
        awaitMessage("lost", "nowhere.test");
        var message = tenant.issuingMessage("lost");
        var challenge = tenant.challenges().getFirst();
        assertThat(message)
                .endsWith(challenge.getMetadata().getName() + ": "
                        + challenge.statusOrEmpty().reason());
        tenant.certificate("fine", "Issuer", "le", "fine.bad.test");
        tenant.awaitIssued("fine");
        var version = tenant.certificate("lost").getMetadata().getResourceVersion();
        await().during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> assertThat(
                                tenant.certificate("lost").getMetadata().getResourceVersion())
                        .as("identical failures write nothing")
                        .isEqualTo(version));
    }

    @Test
    void aNameThatTheCaRefusesFailsWithTheCasWords() {
        ready();
        tenant.certificate("refused", "Issuer", "le", "blocked.bad.test");
        await().atMost(LIMIT).untilAsserted(() -> {
            var issuing = Conditions.find(
                    tenant.certificate("refused").statusOrEmpty().conditions(), ConditionTypes.ISSUING);
            assertThat(issuing).hasValueSatisfying(c -> {
                assertThat(c.status().toString()).isEqualToIgnoringCase("False");
                assertThat(c.reason()).isEqualTo("Failed");
                assertThat(c.message()).contains("rejectedIdentifier");
            });
        });
        assertThat(tenant.certificate("refused").statusOrEmpty().failedIssuanceAttempts())
                .isEqualTo(1);
        assertThat(tenant.orders()).hasSize(1);
    }

    @Test
    void aRequestWithoutAReadableCsrFailsAndSaysSo() {
        ready();
        var csr = "-----BEGIN CERTIFICATE REQUEST-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE REQUEST-----\n";
        tenant.apply("""
                apiVersion: cert-manager.io/v1
                kind: CertificateRequest
                metadata:
                  name: unreadable
                  namespace: ${NAMESPACE}
                spec:
                  request: %s
                  issuerRef: {name: le, kind: Issuer}
                """.formatted(Base64.getEncoder().encodeToString(csr.getBytes(StandardCharsets.US_ASCII))));
        await().atMost(LIMIT).untilAsserted(() -> {
            var ready = Conditions.find(
                    tenant.get(CertificateRequest.class, "unreadable")
                            .statusOrEmpty()
                            .conditions(),
                    ConditionTypes.READY);
            assertThat(ready).hasValueSatisfying(c -> assertThat(c.reason()).isEqualTo("Failed"));
        });
        assertThat(tenant.orders()).isEmpty();
    }

    @Test
    void deniedCredentialsAreToldInAwsWordsWithoutRequestIds() {
        awsSecret("not-the-secret");
        issuer();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(issuerReady()).isEqualTo("ACMEAccountRegistered"));
        tenant.certificate("denied", "Issuer", "le", "denied.bad.test");
        awaitMessage("denied", "SignatureDoesNotMatch");
        var text = tenant.issuingMessage("denied");
        await().during(Duration.ofSeconds(6)) // the first try after it comes after five
                .atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> assertThat(tenant.issuingMessage("denied"))
                        .isEqualTo(text)
                        .doesNotContainIgnoringCase("request id")
                        .doesNotContain("not-the-secret"));
        assertThat(controller.log()).doesNotContain("not-the-secret");
    }

    @Test
    void deletingACertificateThatWaitsLeavesNoRecordBehind() {
        ready();
        rig.route53().settings().insyncAfter(Duration.ofMinutes(10));
        try {
            tenant.certificate("gone", "Issuer", "le", "www.gone.test");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(rig.route53().txtRecords()).isNotEmpty());
            tenant.client().resource(tenant.certificate("gone")).delete();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(rig.route53().txtRecords()).isEmpty());
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(tenant.challenges()).isEmpty());
        } finally {
            rig.route53().settings().insyncAfter(Duration.ZERO);
        }
        assertThat(rig.route53().count(Operation.OTHER)).isZero();
    }

    private void ready() {
        awsSecret();
        issuer();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(issuerReady()).isEqualTo("ACMEAccountRegistered"));
    }

    private void issuer() {
        tenant.apply(ISSUER.formatted(rig.route53().accessKey().id()));
    }

    private void awsSecret() {
        awsSecret(rig.route53().accessKey().secret());
    }

    private void awsSecret(String secret) {
        tenant.apply("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: aws
                  namespace: ${NAMESPACE}
                stringData:
                  secret: "%s"
                """.formatted(secret));
    }

    private String issuerReady() {
        return Conditions.reason(tenant.get(Issuer.class, "le").statusOrEmpty().conditions(), ConditionTypes.READY);
    }

    private String issuerMessage() {
        return Conditions.find(tenant.get(Issuer.class, "le").statusOrEmpty().conditions(), ConditionTypes.READY)
                .map(c -> c.message())
                .orElse("");
    }

    private void awaitMessage(String certificate, String part) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(tenant.issuingMessage(certificate))
                        .as(tenant.story())
                        .contains(part));
    }
}
