package dev.acme53.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.Prometheus;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Fault;
import dev.acme53.sim.Operation;
import dev.acme53.sim.SimulatorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A real Prometheus that watches a controller at work: every query of dashboard and alerts is answered with data, or
/// is empty because all is well, and then everything that it looks at is there. At last things go wrong.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitoringClusterIT {
    /// What a dashboard's variables stand for here.
    private static final Map<String, String> VARIABLES =
            Map.of("$job", "acme53", "$__rate_interval", "2m", "$__range", "2m");

    /// What has no data in a cluster at rest, and why.
    private static final Map<String, String> WHEN_EMPTY = Map.of(
            "acme53_aws_calls_total{job=~\"acme53\",result!=\"ok\"}", "every call to AWS was answered well",
            "certmanager_certificate_challenge_status", "Challenges go with the issuance that they were for");

    /// A ready one, and two that lead nowhere, for the series of what is not well.
    private static final String ISSUERS = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata: {name: monitoring}
            spec:
              acme:
                server: ${DIRECTORY}
                caBundle: ${CA_BUNDLE}
                privateKeySecretRef: {name: monitoring-account}
                solvers: [{dns01: {route53: {}}}]
            ---
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata: {name: monitoring-nowhere}
            spec: &nowhere
              acme:
                server: https://127.0.0.1:1/directory
                privateKeySecretRef: {name: nowhere-account}
            ---
            apiVersion: cert-manager.io/v1
            kind: Issuer
            metadata: {name: nowhere, namespace: "${NAMESPACE}"}
            spec:
              acme:
                server: https://127.0.0.1:1/directory
                privateKeySecretRef: {name: nowhere-account}
            """.replace(" &nowhere", "");

    private static Rig rig;
    private static Tenant tenant;
    private static ControllerProcess controller;
    private static Prometheus prometheus;

    @BeforeAll
    static void issueUnderWatch() {
        rig = Rig.start(
                TestServers.kubernetes(),
                SimulatorSettings.defaults().insyncAfter(Duration.ofSeconds(4)),
                pebble -> pebble);
        rig.route53().createZone("watched.test");
        tenant = Tenant.of(rig);
        controller = rig.controller(tenant.namespace().name()).ready();
        prometheus = Prometheus.watching(controller, AlertRules.FILE);
        await().until(() -> !prometheus.query("acme53_leader == 1").isEmpty());
        tenant.apply(ISSUERS);
        tenant.certificate("a", "ClusterIssuer", "monitoring", "a.watched.test", "b.watched.test");
        tenant.awaitIssued("a");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !prometheus
                        .query("certmanager_certificate_ready_status{name='a',condition='True'} == 1")
                        .isEmpty());
    }

    @AfterAll
    static void stop() {
        List.of("monitoring", "monitoring-nowhere")
                .forEach(name -> tenant.client()
                        .resources(ClusterIssuer.class)
                        .withName(name)
                        .delete());
        prometheus.close();
        controller.close();
        tenant.close();
        rig.close();
    }

    @Test
    @Order(1)
    void everyPanelOfTheDashboardHasDataOrLooksAtWhatIsThere() {
        var expressions = Dashboard.read().expressions().stream()
                .map(MonitoringClusterIT::filledIn)
                .toList();
        var empty = expressions.stream()
                .filter(expression -> prometheus.query(expression).isEmpty())
                .toList();
        assertThat(empty).allMatch(expression -> WHEN_EMPTY.keySet().stream().anyMatch(expression::contains));
        assertThat(expressions).allSatisfy(MonitoringClusterIT::looksAtWhatIsThere);
    }

    @Test
    @Order(1)
    void theDashboardsVariablesHaveValuesToChooseFrom() {
        assertThat(Dashboard.read().variables())
                .isNotEmpty()
                .allSatisfy(expression ->
                        assertThat(prometheus.query(expression)).as(expression).hasSize(1))
                .allSatisfy(MonitoringClusterIT::looksAtWhatIsThere);
    }

    @Test
    @Order(2)
    void everyAlertLooksAtWhatIsThereAndIsEvaluated() {
        assertThat(AlertRules.all()).allSatisfy(alert -> looksAtWhatIsThere(alert.expression()));
        assertThat(prometheus.rules()).hasSameSizeAs(AlertRules.all()).allSatisfy(rule -> {
            assertThat(rule.get("health").asText()).as(rule.toString()).isEqualTo("ok");
            assertThat(rule.get("lastEvaluation").asText()).doesNotStartWith("0001");
        });
    }

    @Test
    @Order(3)
    void whatIsNotWellIsPendingAndNothingElse() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(prometheus.rules())
                        .filteredOn(rule -> !rule.get("state").asText().equals("inactive"))
                        .extracting(rule -> rule.get("name").asText() + " "
                                + rule.get("state").asText())
                        .containsExactlyInAnyOrder("Acme53IssuerNotReady pending", "Acme53AcmeErrors pending"));
    }

    @Test
    @Order(4)
    void oneIssuanceIsSeenAsItWas() {
        assertThat(value("sum(acme53_orders_total{result='valid'})")).isEqualTo(1);
        assertThat(value("sum(acme53_stage_duration_seconds_count{stage='challenge',result='ok'})"))
                .isEqualTo(2);
        assertThat(value("sum(acme53_stage_duration_seconds_count{stage='certificate',result='ok'})"))
                .isEqualTo(1);
        assertThat(value("sum(acme53_stage_duration_seconds_sum{stage='certificate'})"))
                .isBetween(4.0, 60.0);
        assertThat(value("sum(acme53_route53_batch_records_sum)")).isBetween(2.0, 4.0);
        assertThat(value("sum(acme53_route53_insync_seconds_sum)")).isBetween(4.0, 60.0);
        assertThat(value("sum(acme53_aws_calls_total{action='ChangeResourceRecordSets',result='ok'})"))
                .isBetween(1.0, 4.0);
        assertThat(value("max_over_time(acme53_route53_changes_pending[5m])")).isBetween(1.0, 2.0);
        assertThat(value("max_over_time(acme53_certificates_issuing[5m])")).isEqualTo(1);
        assertThat(value("acme53_next_renewal_timestamp_seconds - time()")).isGreaterThan(86400);
    }

    /// Names without `_total`, and a `_gauge` at the end of one (behaviour.md §7).
    @Test
    @Order(5)
    void prometheusReadsThePeersMetricsWithTheirNamesAndTypes() {
        assertThat(prometheus.types())
                .containsAllEntriesOf(Map.ofEntries(
                        Map.entry("certmanager_certificate_ready_status", "gauge"),
                        Map.entry("certmanager_certificate_not_after_timestamp_seconds", "gauge"),
                        Map.entry("certmanager_certificate_not_before_timestamp_seconds", "gauge"),
                        Map.entry("certmanager_certificate_expiration_timestamp_seconds", "gauge"),
                        Map.entry("certmanager_certificate_renewal_timestamp_seconds", "gauge"),
                        Map.entry("certmanager_certificate_challenge_status", "gauge"),
                        Map.entry("certmanager_issuer_ready_status", "gauge"),
                        Map.entry("certmanager_clusterissuer_ready_status", "gauge"),
                        Map.entry("certmanager_http_acme_client_request_count", "counter"),
                        Map.entry("certmanager_http_acme_client_request_duration_seconds", "summary"),
                        Map.entry("certmanager_controller_sync_call_count", "counter"),
                        Map.entry("certmanager_controller_sync_error_count", "counter"),
                        Map.entry("certmanager_clock_time_seconds", "counter"),
                        Map.entry("certmanager_clock_time_seconds_gauge", "gauge")));
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                arguments(new Fault.Refused(403, "AccessDenied", "not authorized"), 1, "Acme53Route53Denied"),
                arguments(Fault.throttling(), 1, "Acme53Route53Throttled"),
                arguments(Fault.expiredToken(), 1, "Acme53AwsCredentialsRefused"),
                // the SDK's three tries are one call
                arguments(Fault.connectionDropped(), 3, "Acme53AwsFailing"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    @Order(6)
    void whatAwsDoesToTheControllerSetsOffItsAlert(Fault fault, int times, String alert) {
        assertThat(prometheus.state(alert)).isEqualTo("inactive");
        rig.route53().failNext(Operation.CHANGE_RESOURCE_RECORD_SETS, fault, times);
        var name = alert.toLowerCase(Locale.ROOT);
        tenant.certificate(name, "ClusterIssuer", "monitoring", name + ".watched.test");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(prometheus.state(alert)).isEqualTo("pending"));
        tenant.awaitIssued(name);
    }

    /// Every series that an expression names, with its labels as they stand there, has been seen.
    private static void looksAtWhatIsThere(String expression) {
        var selectors = new TreeSet<String>();
        collect(prometheus.parsed(expression), selectors);
        assertThat(selectors)
                .as(expression)
                .isNotEmpty()
                .allSatisfy(selector -> assertThat(prometheus.query("last_over_time(" + selector + "[10m])"))
                        .as(selector)
                        .isNotEmpty());
    }

    private static void collect(JsonNode node, TreeSet<String> into) {
        if (node.path("type").asText().equals("vectorSelector")
                || node.path("type").asText().equals("matrixSelector")) {
            into.add(selector(node));
        }
        node.forEach(child -> collect(child, into));
    }

    private static String selector(JsonNode node) {
        var matchers = new ArrayList<String>();
        node.get("matchers")
                .forEach(m -> matchers.add(m.get("name").asText()
                        + m.get("type").asText()
                        + m.get("value").toString()));
        return "{" + String.join(",", matchers) + "}";
    }

    private static String filledIn(String expression) {
        var filled = expression;
        for (var variable : VARIABLES.entrySet()) {
            filled = filled.replace(variable.getKey(), variable.getValue());
        }
        assertThat(filled).doesNotContain("$");
        return filled;
    }

    private static double value(String expression) {
        var result = prometheus.query(expression);
        assertThat(result).as(expression).hasSize(1);
        return result.get(0).get("value").get(1).asDouble();
    }
}
