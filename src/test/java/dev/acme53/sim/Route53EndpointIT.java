package dev.acme53.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/// AWS's own SDK against the simulator's Route 53: what each operation does.
class Route53EndpointIT {
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
    void aChangeIsPendingUntilItsTimeAndThenInsync() {
        var change = caller.upsert(zone, "_acme-challenge.example.com", "token");
        assertThat(change.status()).isEqualTo(ChangeStatus.PENDING);
        assertThat(change.comment()).isEqualTo("Managed by cert-manager");
        clock.advance(Duration.ofMillis(19_999));
        assertThat(caller.status(change)).isEqualTo(ChangeStatus.PENDING);
        clock.advance(Duration.ofMillis(1));
        assertThat(caller.status(change)).isEqualTo(ChangeStatus.INSYNC);
        assertThat(simulator.count(Operation.GET_CHANGE)).isEqualTo(2);
    }

    @Test
    void aChangeMayAlsoWaitForPolls() {
        simulator.settings().insyncAfter(Duration.ZERO).insyncAfterPolls(5);
        var change = caller.upsert(zone, "_acme-challenge.example.com", "token");
        for (int i = 0; i < 5; i++) {
            assertThat(caller.status(change)).isEqualTo(ChangeStatus.PENDING);
        }
        assertThat(caller.status(change)).isEqualTo(ChangeStatus.INSYNC);
    }

    @Test
    void theHistorySaysWhoChangedWhatWhen() {
        caller.upsert(zone, "_acme-challenge.example.com", "token");
        caller.change(zone, ChangeAction.DELETE, "_acme-challenge.example.com", "token");
        assertThat(simulator.history()).hasSize(2);
        var entry = simulator.history().getLast();
        assertThat(entry.action()).isEqualTo(RecordChange.Action.DELETE);
        assertThat(entry.recordSet()).isEqualTo(RecordSet.challenge("_acme-challenge.example.com", "token"));
        assertThat(entry.principal()).isEqualTo(simulator.userArn("acme53"));
        assertThat(entry.accessKeyId()).isEqualTo(simulator.accessKey().id());
        assertThat(entry.at()).isEqualTo(clock.instant());
        assertThat(simulator.txtRecords()).isEmpty();
    }

    @Test
    void unknownZonesAndChangesAreNamed() {
        assertThat(catchThrowableOfType(
                                NoSuchHostedZoneException.class,
                                () -> client.listResourceRecordSets(r -> r.hostedZoneId("Z0")))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("No hosted zone found with ID: Z0");
        assertThat(catchThrowableOfType(NoSuchChangeException.class, () -> client.getChange(r -> r.id("C0")))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("Could not find resource with ID: C0");
    }

    @Test
    void anIdWithItsPrefixIsNotUnderstood() {
        var byPrefix = catchThrowableOfType(
                Route53Exception.class,
                () -> client.listResourceRecordSets(r -> r.hostedZoneId("/hostedzone/" + zone.id())));
        assertThat(byPrefix.statusCode()).isEqualTo(404);
    }

    @Test
    void zonesAreListedByReversedNameInPages() {
        var names = List.of("example.com", "a.example.com", "b.a.example.com", "example.net", "aexample.com");
        names.stream().skip(1).forEach(simulator::createZone);
        simulator.createZone(NewZone.named("example.com").privately());
        simulator.settings().pages(2, 2);
        var listed = new ArrayList<HostedZone>();
        var page = client.listHostedZonesByName(r -> r.dnsName("example.com"));
        while (true) {
            listed.addAll(page.hostedZones());
            if (!page.isTruncated()) {
                break;
            }
            var next = page;
            page = client.listHostedZonesByName(
                    r -> r.dnsName(next.nextDNSName()).hostedZoneId(next.nextHostedZoneId()));
        }
        assertThat(listed)
                .extracting(HostedZone::name)
                .containsExactly("example.com.", "example.com.", "a.example.com.", "b.a.example.com.", "example.net.");
        assertThat(listed).extracting(z -> z.config().privateZone()).containsOnlyOnce(true);
        assertThat(listed).extracting(HostedZone::id).contains("/hostedzone/" + zone.id());
        assertThat(simulator.count(Operation.LIST_HOSTED_ZONES_BY_NAME)).isEqualTo(3);
        assertThat(client.listHostedZonesByName(r -> r.maxItems("1"))
                        .hostedZones()
                        .getFirst()
                        .name())
                .isEqualTo("aexample.com.");
    }

    @Test
    void zonesMayComeWithoutConfig() {
        simulator.settings().zonesWithoutConfig(true);
        assertThat(client.listHostedZonesByName().hostedZones().getFirst().config())
                .isNull();
    }

    @Test
    void recordSetsAreListedInPages() {
        caller.upsert(zone, "_acme-challenge.example.com", "one");
        caller.upsert(zone, "_acme-challenge.example.com", "two");
        simulator.settings().pages(100, 1);
        var listed = client.listResourceRecordSetsPaginator(
                        r -> r.hostedZoneId(zone.id()).startRecordName("_acme-challenge.example.com"))
                .resourceRecordSets();
        assertThat(listed).extracting(ResourceRecordSet::setIdentifier).containsExactly("\"one\"", "\"two\"");
        assertThat(listed).allMatch(ResourceRecordSet::multiValueAnswer);
        assertThat(client.listResourceRecordSetsPaginator(r -> r.hostedZoneId(zone.id()))
                        .resourceRecordSets())
                .extracting(ResourceRecordSet::type)
                .containsExactly(RRType.NS, RRType.SOA, RRType.TXT, RRType.TXT);
    }

    @Test
    void callsAreRecordedWithTheirCallerZoneAndUserAgent() {
        caller.upsert(zone, "a.example.com", "1", "2");
        var call = simulator.calls().getLast();
        assertThat(call.operation()).isEqualTo(Operation.CHANGE_RESOURCE_RECORD_SETS);
        assertThat(call.accessKeyId()).isEqualTo(simulator.accessKey().id());
        assertThat(call.zoneId()).isEqualTo(zone.id());
        assertThat(call.changes()).isEqualTo(2);
        assertThat(call.status()).isEqualTo(200);
        assertThat(call.region()).isEqualTo("eu-central-1");
        assertThat(call.userAgent()).contains("aws-sdk-java/");
    }

    @Test
    void changesAreForgottenAfterAWhile() {
        var change = caller.upsert(zone, "a.example.com", "1");
        simulator.forgetChanges();
        assertThatThrownBy(() -> caller.status(change)).isInstanceOf(NoSuchChangeException.class);
    }
}
