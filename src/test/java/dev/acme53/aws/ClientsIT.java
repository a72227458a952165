package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.sim.AccessKey;
import dev.acme53.sim.Call;
import dev.acme53.sim.Fault;
import dev.acme53.sim.Operation;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Route53Exception;

class ClientsIT {
    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final Clients clients = clients(Map.of());

    @AfterEach
    void stop() {
        clients.close();
        simulator.close();
    }

    private Clients clients(Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_ROUTE_53", simulator.route53Endpoint().toString(),
                "AWS_ENDPOINT_URL_STS", simulator.stsEndpoint().toString()));
        environment.putAll(more);
        var read = (Endpoints.Outcome.Read) Endpoints.of(environment, new SharedFiles(environment));
        return new Clients(
                read::endpoints,
                "acme53/1.2.3",
                UrlConnectionHttpClient.create(),
                (service, operation, result) -> ended.add(service + " " + operation + " " + result.text()),
                InstantSource.system());
    }

    private AwsCredentialsProvider credentials() {
        AccessKey key = simulator.accessKey();
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret()));
    }

    private Route53Client client() {
        return clients.route53("us-east-1", credentials(), _ -> {});
    }

    @ParameterizedTest
    @CsvSource({"PriorRequestNotComplete, 1", "Throttling, 1", "AccessDenied, 1", "InternalFailure, 3"})
    void onlyWhatPassesAtOnceIsRepeatedAtOnce(String code, int calls) {
        var status = code.equals("InternalFailure") ? 500 : 400;
        simulator.failNext(Operation.LIST_HOSTED_ZONES_BY_NAME, new Fault.Refused(status, code, "no"), 10);
        var client = client();
        assertThatThrownBy(client::listHostedZonesByName).isInstanceOf(Route53Exception.class);
        assertThat(simulator.calls()).hasSize(calls);
    }

    @Test
    void aDroppedConnectionIsTriedAgain() {
        simulator.failNext(Operation.LIST_HOSTED_ZONES_BY_NAME, Fault.connectionDropped(), 2);
        assertThat(client().listHostedZonesByName().hostedZones()).isEmpty();
    }

    @Test
    void theObserverHearsOnceOfEachCallHoweverOftenTheSdkTried() {
        client().listHostedZonesByName();
        simulator.failNext(Operation.LIST_HOSTED_ZONES_BY_NAME, Fault.connectionDropped(), 1);
        client().listHostedZonesByName();
        simulator.failNext(Operation.GET_CHANGE, new Fault.Refused(403, "AccessDenied", "no"), 1);
        assertThatThrownBy(() -> client().getChange(r -> r.id("C1"))).isInstanceOf(Route53Exception.class);
        assertThatThrownBy(() -> clients.sts("us-east-1").getCallerIdentity(r -> {}));
        assertThat(ended)
                .containsExactly(
                        "Route53 ListHostedZonesByName ok",
                        "Route53 ListHostedZonesByName ok",
                        "Route53 GetChange denied",
                        "Sts GetCallerIdentity credentials");
    }

    @Test
    void t87EveryCallNamesTheProductAndNoSecret() {
        client().listHostedZonesByName();
        assertThat(simulator.calls())
                .extracting(Call::userAgent)
                .allSatisfy(agent -> assertThat(agent)
                        .contains("acme53/1.2.3")
                        .doesNotContain(
                                simulator.accessKey().secret(),
                                simulator.accessKey().id()));
    }

    @Test
    void manyClientsHaveOneThreadForTimeouts() {
        var before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 20; i++) {
            clients.route53("us-east-1", credentials(), _ -> {}).listHostedZonesByName();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(t -> !before.contains(t))
                .extracting(Thread::getName)
                .filteredOn(name -> name.startsWith("aws-timeouts") || name.startsWith("sdk-"))
                .containsExactly("aws-timeouts");
    }

    @Test
    void t54TheServicesOwnEndpointWinsOverTheGeneralOne() {
        var general = clients(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9"));
        general.route53("us-east-1", credentials(), _ -> {}).listHostedZonesByName();
        assertThat(simulator.calls()).hasSize(1);
        general.close();
    }
}
