package dev.acme53.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/// AWS's own SDK against the simulator's Route 53: who may do what.
class Route53AccessIT {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T00:00:00Z"));
    private final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().clock(clock).insyncAfter(Duration.ofSeconds(20)));
    private final Zone zone = simulator.createZone("example.com");
    private final SdkCaller caller = new SdkCaller(simulator, simulator.accessKey());
    private final Route53Client client = caller.client();

    @AfterEach
    void stop() {
        caller.close();
        simulator.close();
    }

    @Test
    void nothingBeyondTheDocumentedActionsMayBeCalled() {
        assertThat(catchThrowableOfType(Route53Exception.class, () -> client.listHostedZones())
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("AccessDenied");
        try (var administrator = new SdkCaller(simulator, simulator.administratorKey())) {
            assertThat(catchThrowableOfType(
                                    Route53Exception.class,
                                    () -> administrator.client().getHostedZone(r -> r.id(zone.id())))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(simulator.count(Operation.OTHER)).isEqualTo(2);
    }

    @Test
    void aDenialNamesPrincipalActionAndResource() {
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.documented().denying("route53:GetChange", "*"));
        var change = caller.upsert(zone, "_acme-challenge.example.com", "token");
        assertThat(catchThrowableOfType(Route53Exception.class, () -> caller.status(change))
                        .awsErrorDetails()
                        .errorMessage())
                .startsWith(
                        "User: arn:aws:iam::123456789012:user/acme53 is not authorized to perform: route53:GetChange on resource: "
                                + "arn:aws:route53:::change/" + change.id());
    }

    @Test
    void aPolicyMayNameOneZoneOnly() {
        var other = simulator.createZone("example.org");
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.documentedFor(other.id()));
        assertThatThrownBy(() -> caller.upsert(zone, "_acme-challenge.example.com", "token"))
                .hasMessageContaining("not authorized");
        assertThatThrownBy(client::listHostedZonesByName).hasMessageContaining("route53:ListHostedZonesByName");
        assertThat(client.listResourceRecordSets(r -> r.hostedZoneId(other.id()))
                        .resourceRecordSets())
                .hasSize(2);
    }

    @Test
    void zonesOfAnotherAccountAreNeitherListedNorTouched() {
        var foreign = simulator.createZone(NewZone.named("foreign.test").inAccount("210987654321"));
        assertThat(client.listHostedZonesByName().hostedZones()).hasSize(1);
        assertThat(catchThrowableOfType(
                                Route53Exception.class,
                                () -> client.listResourceRecordSets(r -> r.hostedZoneId(foreign.id())))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("AccessDenied");
    }

    @Test
    void keysAndSignaturesAreVerified() {
        try (var unknown = new SdkCaller(simulator, new AccessKey("AKIAUNKNOWN", "x"));
                var wrong = new SdkCaller(
                        simulator, new AccessKey(simulator.accessKey().id(), "wrong"))) {
            assertThat(unknown.errorCode()).isEqualTo("InvalidClientTokenId");
            assertThat(wrong.errorCode()).isEqualTo("SignatureDoesNotMatch");
        }
        simulator.removeKey(simulator.accessKey());
        assertThat(caller.errorCode()).isEqualTo("InvalidClientTokenId");
    }

    @Test
    void anythingWithoutASignatureIsRefused() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(simulator.route53Endpoint() + "/2013-04-01/hostedzonesbyname"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("<Code>MissingAuthenticationToken</Code>");
        }
    }
}
