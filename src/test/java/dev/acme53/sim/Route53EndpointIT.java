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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.PriorRequestNotCompleteException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/// AWS's own SDK against the simulator's Route 53.
class Route53EndpointIT {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T00:00:00Z"));
    private final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().clock(clock).insyncAfter(Duration.ofSeconds(20)));
    private final Zone zone = simulator.createZone("example.com");
    private final Route53Client client = client(simulator.accessKey());

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @Test
    void aChangeIsPendingUntilItsTimeAndThenInsync() {
        var change = upsert("_acme-challenge.example.com", "token");
        assertThat(change.status()).isEqualTo(ChangeStatus.PENDING);
        assertThat(change.comment()).isEqualTo("Managed by cert-manager");
        clock.advance(Duration.ofMillis(19_999));
        assertThat(status(change)).isEqualTo(ChangeStatus.PENDING);
        clock.advance(Duration.ofMillis(1));
        assertThat(status(change)).isEqualTo(ChangeStatus.INSYNC);
        assertThat(simulator.count(Operation.GET_CHANGE)).isEqualTo(2);
    }

    @Test
    void aChangeMayAlsoWaitForPolls() {
        simulator.settings().insyncAfter(Duration.ZERO).insyncAfterPolls(5);
        var change = upsert("_acme-challenge.example.com", "token");
        for (int i = 0; i < 5; i++) {
            assertThat(status(change)).isEqualTo(ChangeStatus.PENDING);
        }
        assertThat(status(change)).isEqualTo(ChangeStatus.INSYNC);
    }

    @Test
    void theHistorySaysWhoChangedWhatWhen() {
        upsert("_acme-challenge.example.com", "token");
        change(ChangeAction.DELETE, "_acme-challenge.example.com", "token");
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
    void aRefusedBatchComesInTheCurrentForm() {
        var thrown = catchThrowableOfType(
                InvalidChangeBatchException.class,
                () -> change(ChangeAction.DELETE, "_acme-challenge.example.com", "token"));
        assertThat(thrown.statusCode()).isEqualTo(400);
        assertThat(thrown.messages()).isEmpty();
        assertThat(thrown.awsErrorDetails().errorMessage())
                .isEqualTo("[Tried to delete resource record set [name='_acme-challenge.example.com.', type='TXT', "
                        + "set-identifier='\"token\"'] but it was not found]");
        assertThat(thrown.requestId()).isEqualTo(simulator.calls().getLast().requestId());
    }

    @Test
    void aRefusedBatchMayComeInTheLegacyFormOfWhichTheSdkReadsNoCode() {
        simulator.settings().legacyInvalidChangeBatch(true);
        var thrown = catchThrowableOfType(
                Route53Exception.class, () -> change(ChangeAction.DELETE, "_acme-challenge.example.com", "token"));
        assertThat(thrown.statusCode()).isEqualTo(400);
        assertThat(thrown.awsErrorDetails().errorCode()).isNull();
        assertThat(thrown.awsErrorDetails().rawResponse().asUtf8String())
                .contains(
                        "<InvalidChangeBatch", "<Messages><Message>Tried to delete", "but it was not found</Message>");
    }

    @Test
    void everyErrorHasItsOwnRequestId() {
        var ids = new HashSet<String>();
        for (int i = 0; i < 3; i++) {
            ids.add(catchThrowableOfType(NoSuchChangeException.class, () -> client.getChange(r -> r.id("C0")))
                    .requestId());
        }
        assertThat(ids).hasSize(3);
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
        upsert("_acme-challenge.example.com", "one");
        upsert("_acme-challenge.example.com", "two");
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
    void nothingBeyondTheDocumentedActionsMayBeCalled() {
        assertThat(catchThrowableOfType(Route53Exception.class, () -> client.listHostedZones())
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("AccessDenied");
        try (var administrator = client(simulator.administratorKey())) {
            assertThat(catchThrowableOfType(
                                    Route53Exception.class, () -> administrator.getHostedZone(r -> r.id(zone.id())))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(simulator.count(Operation.OTHER)).isEqualTo(2);
    }

    @Test
    void aDenialNamesPrincipalActionAndResource() {
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.documented().denying("route53:GetChange", "*"));
        var change = upsert("_acme-challenge.example.com", "token");
        assertThat(catchThrowableOfType(Route53Exception.class, () -> status(change))
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
        assertThatThrownBy(() -> upsert("_acme-challenge.example.com", "token")).hasMessageContaining("not authorized");
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
        try (var unknown = client(new AccessKey("AKIAUNKNOWN", "x"));
                var wrong = client(new AccessKey(simulator.accessKey().id(), "wrong"))) {
            assertThat(errorCode(unknown)).isEqualTo("InvalidClientTokenId");
            assertThat(errorCode(wrong)).isEqualTo("SignatureDoesNotMatch");
        }
        simulator.removeKey(simulator.accessKey());
        assertThat(errorCode(client)).isEqualTo("InvalidClientTokenId");
    }

    @Test
    void aSecondChangeOfABusyZoneIsRefused() {
        simulator.settings().zoneBusyAfterChange(Duration.ofSeconds(2));
        var other = simulator.createZone("example.org");
        upsert("_acme-challenge.example.com", "one");
        assertThatThrownBy(() -> upsert("_acme-challenge.example.com", "two"))
                .isInstanceOf(PriorRequestNotCompleteException.class);
        assertThat(client.listResourceRecordSets(r -> r.hostedZoneId(other.id()))
                        .resourceRecordSets())
                .hasSize(2);
        clock.advance(Duration.ofSeconds(2));
        upsert("_acme-challenge.example.com", "two");
    }

    @Test
    void theAccountsRequestRateIsLimited() {
        simulator.settings().quotas(Quotas.Limits.aws());
        for (int i = 0; i < 50; i++) {
            client.listHostedZonesByName();
        }
        assertThat(errorCode(client)).isEqualTo("Throttling");
        clock.advance(Duration.ofMillis(100));
        client.listHostedZonesByName();
        assertThat(errorCode(client)).isEqualTo("Throttling");
    }

    @Test
    void recordChangesAreLimitedOneByOne() {
        simulator.settings().quotas(Quotas.Limits.none().withChanges(3, 1));
        upsert("a.example.com", "1", "2", "3");
        assertThat(catchThrowableOfType(Route53Exception.class, () -> upsert("b.example.com", "1"))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("Throttling");
        clock.advance(Duration.ofSeconds(1));
        upsert("b.example.com", "1");
    }

    @Test
    void faultsStrikeAsOftenAsAsked() {
        simulator.failNext(Operation.LIST_HOSTED_ZONES_BY_NAME, Fault.throttling(), 2);
        simulator.failNext(Operation.LIST_HOSTED_ZONES_BY_NAME, Fault.serviceUnavailable(), 1);
        assertThat(List.of(errorCode(client), errorCode(client), errorCode(client), errorCode(client)))
                .containsExactly("Throttling", "Throttling", "ServiceUnavailable", "");
        simulator.failNext(
                Operation.CHANGE_RESOURCE_RECORD_SETS,
                c -> c.changes() > 1,
                Fault.legacyInvalidChangeBatch("a", "b"),
                1);
        upsert("a.example.com", "1");
        assertThat(catchThrowableOfType(Route53Exception.class, () -> upsert("a.example.com", "1", "2"))
                        .awsErrorDetails()
                        .rawResponse()
                        .asUtf8String())
                .contains("<Message>a</Message><Message>b</Message>");
    }

    @Test
    void aConnectionMayEndWithoutAnAnswer() {
        simulator.failNext(Operation.CHANGE_RESOURCE_RECORD_SETS, Fault.connectionDropped(), 1);
        assertThatThrownBy(() -> upsert("a.example.com", "1")).isInstanceOf(SdkClientException.class);
        assertThat(simulator.history()).isEmpty();
        simulator.failNext(Operation.CHANGE_RESOURCE_RECORD_SETS, Fault.answerLost(), 1);
        assertThatThrownBy(() -> upsert("a.example.com", "1")).isInstanceOf(SdkClientException.class);
        assertThat(simulator.history()).hasSize(1);
    }

    @Test
    void callsAreRecordedWithTheirCallerZoneAndUserAgent() {
        upsert("a.example.com", "1", "2");
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
        var change = upsert("a.example.com", "1");
        simulator.forgetChanges();
        assertThatThrownBy(() -> status(change)).isInstanceOf(NoSuchChangeException.class);
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

    private ChangeInfo upsert(String name, String... tokens) {
        return change(ChangeAction.UPSERT, name, tokens);
    }

    private ChangeInfo change(ChangeAction action, String name, String... tokens) {
        var changes = new ArrayList<Change>();
        for (var token : tokens) {
            var value = '"' + token + '"';
            changes.add(Change.builder()
                    .action(action)
                    .resourceRecordSet(s -> s.name(name)
                            .type(RRType.TXT)
                            .ttl(10L)
                            .multiValueAnswer(true)
                            .setIdentifier(value)
                            .resourceRecords(
                                    ResourceRecord.builder().value(value).build()))
                    .build());
        }
        return client.changeResourceRecordSets(r -> r.hostedZoneId(zone.id())
                        .changeBatch(b -> b.comment("Managed by cert-manager").changes(changes)))
                .changeInfo();
    }

    private ChangeStatus status(ChangeInfo change) {
        return client.getChange(r -> r.id(change.id())).changeInfo().status();
    }

    private static String errorCode(Route53Client caller) {
        try {
            caller.listHostedZonesByName();
            return "";
        } catch (Route53Exception e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    private Route53Client client(AccessKey key) {
        return Route53Client.builder()
                .endpointOverride(simulator.route53Endpoint())
                .region(Region.EU_CENTRAL_1)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(c -> c.retryStrategy(RetryMode.STANDARD).retryStrategy(r -> r.maxAttempts(1)))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .build();
    }
}
