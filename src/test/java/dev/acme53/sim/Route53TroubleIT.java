package dev.acme53.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;
import software.amazon.awssdk.services.route53.model.PriorRequestNotCompleteException;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/// AWS's own SDK against the simulator's Route 53: how it refuses, throttles and breaks.
class Route53TroubleIT {
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
    void aRefusedBatchComesInTheCurrentForm() {
        var thrown = catchThrowableOfType(
                InvalidChangeBatchException.class,
                () -> caller.change(zone, ChangeAction.DELETE, "_acme-challenge.example.com", "token"));
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
                Route53Exception.class,
                () -> caller.change(zone, ChangeAction.DELETE, "_acme-challenge.example.com", "token"));
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
    void aSecondChangeOfABusyZoneIsRefused() {
        simulator.settings().zoneBusyAfterChange(Duration.ofSeconds(2));
        var other = simulator.createZone("example.org");
        caller.upsert(zone, "_acme-challenge.example.com", "one");
        assertThatThrownBy(() -> caller.upsert(zone, "_acme-challenge.example.com", "two"))
                .isInstanceOf(PriorRequestNotCompleteException.class);
        assertThat(client.listResourceRecordSets(r -> r.hostedZoneId(other.id()))
                        .resourceRecordSets())
                .hasSize(2);
        clock.advance(Duration.ofSeconds(2));
        caller.upsert(zone, "_acme-challenge.example.com", "two");
    }

    @Test
    void changesOfOneZoneThatOverlapAreRefusedAndThoseOfTwoAreNot() throws Exception {
        var other = simulator.createZone("example.org");
        simulator.settings().answerAfter(Duration.ofMillis(300));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = List.of(
                    threads.submit(() -> outcome(zone, "a.example.com")),
                    threads.submit(() -> outcome(zone, "b.example.com")),
                    threads.submit(() -> outcome(other, "a.example.org")));
            assertThat(List.of(
                            outcomes.get(0).get(),
                            outcomes.get(1).get(),
                            outcomes.get(2).get()))
                    .containsExactlyInAnyOrder("", "", "PriorRequestNotComplete");
            assertThat(outcomes.get(2).get()).isEmpty();
        }
    }

    private String outcome(Zone where, String name) {
        try {
            caller.upsert(where, name, "token");
            return "";
        } catch (Route53Exception e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    @Test
    void theAccountsRequestRateIsLimited() {
        simulator.settings().quotas(Quotas.Limits.aws());
        for (int i = 0; i < 50; i++) {
            client.listHostedZonesByName();
        }
        assertThat(caller.errorCode()).isEqualTo("Throttling");
        clock.advance(Duration.ofMillis(100));
        client.listHostedZonesByName();
        assertThat(caller.errorCode()).isEqualTo("Throttling");
    }

    @Test
    void recordChangesAreLimitedOneByOne() {
        simulator.settings().quotas(Quotas.Limits.none().withChanges(3, 1));
        caller.upsert(zone, "a.example.com", "1", "2", "3");
        assertThat(catchThrowableOfType(Route53Exception.class, () -> caller.upsert(zone, "b.example.com", "1"))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("Throttling");
        clock.advance(Duration.ofSeconds(1));
        caller.upsert(zone, "b.example.com", "1");
    }

    @Test
    void faultsStrikeAsOftenAsAsked() {
        simulator.failNext(Operation.LIST_HOSTED_ZONES_BY_NAME, Fault.throttling(), 2);
        simulator.failNext(Operation.LIST_HOSTED_ZONES_BY_NAME, Fault.serviceUnavailable(), 1);
        assertThat(List.of(caller.errorCode(), caller.errorCode(), caller.errorCode(), caller.errorCode()))
                .containsExactly("Throttling", "Throttling", "ServiceUnavailable", "");
        simulator.failNext(
                Operation.CHANGE_RESOURCE_RECORD_SETS,
                c -> c.changes() > 1,
                Fault.legacyInvalidChangeBatch("a", "b"),
                1);
        caller.upsert(zone, "a.example.com", "1");
        assertThat(catchThrowableOfType(Route53Exception.class, () -> caller.upsert(zone, "a.example.com", "1", "2"))
                        .awsErrorDetails()
                        .rawResponse()
                        .asUtf8String())
                .contains("<Message>a</Message><Message>b</Message>");
    }

    @Test
    void aConnectionMayEndWithoutAnAnswer() {
        simulator.failNext(Operation.CHANGE_RESOURCE_RECORD_SETS, Fault.connectionDropped(), 1);
        assertThatThrownBy(() -> caller.upsert(zone, "a.example.com", "1")).isInstanceOf(SdkClientException.class);
        assertThat(simulator.history()).isEmpty();
        simulator.failNext(Operation.CHANGE_RESOURCE_RECORD_SETS, Fault.answerLost(), 1);
        assertThatThrownBy(() -> caller.upsert(zone, "a.example.com", "1")).isInstanceOf(SdkClientException.class);
        assertThat(simulator.history()).hasSize(1);
    }
}
