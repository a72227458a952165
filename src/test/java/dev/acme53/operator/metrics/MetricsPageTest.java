package dev.acme53.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.acme.AcmeRequest;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private final APage shown = new APage();
    private final MetricsPage page = shown.page();

    @Test
    void aCertificateHasThreeReadySeriesAndFourTimes() throws Exception {
        show(APage.CERTIFICATE);
        assertThat(lines("certmanager_certificate_")).containsExactly("""
                        certmanager_certificate_ready_status{name="a",namespace="ns",issuer_name="le",issuer_kind="ClusterIssuer",issuer_group="",condition="True"} 0""", """
                        certmanager_certificate_ready_status{name="a",namespace="ns",issuer_name="le",issuer_kind="ClusterIssuer",issuer_group="",condition="False"} 1""", """
                        certmanager_certificate_ready_status{name="a",namespace="ns",issuer_name="le",issuer_kind="ClusterIssuer",issuer_group="",condition="Unknown"} 0""", """
                        certmanager_certificate_not_after_timestamp_seconds{name="a",namespace="ns",issuer_name="le",issuer_kind="ClusterIssuer",issuer_group=""} 1775001600""", """
                        certmanager_certificate_not_before_timestamp_seconds{name="a",namespace="ns",issuer_name="le",issuer_kind="ClusterIssuer",issuer_group=""} 1767225600""", """
                        certmanager_certificate_expiration_timestamp_seconds{name="a",namespace="ns",issuer_name="le",issuer_kind="ClusterIssuer",issuer_group=""} 1775001600""", """
                        certmanager_certificate_renewal_timestamp_seconds{name="a",namespace="ns",issuer_name="le",issuer_kind="ClusterIssuer",issuer_group=""} 1772323200""");
    }

    @Test
    void aCertificateWithoutStatusIsUnknownAndItsTimesAreZero() throws Exception {
        show("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: a, namespace: ns}
                """);
        assertThat(lines("certmanager_certificate_ready_status").getLast())
                .contains("condition=\"Unknown\"")
                .endsWith(" 1");
        assertThat(lines("certmanager_certificate_renewal")).allMatch(line -> line.endsWith(" 0"));
    }

    @Test
    void aChallengeHasASeriesForEachState() throws Exception {
        show(APage.CHALLENGE);
        var lines = lines("certmanager_certificate_challenge_status");
        assertThat(lines).hasSize(8);
        assertThat(lines.getLast()).isEqualTo("""
                        certmanager_certificate_challenge_status{status="pending",domain="example.com",reason="waits for \\"x\\"\\nand y",processing="true",name="c",namespace="ns",type="DNS-01"} 1""");
        assertThat(lines.subList(0, 7)).allMatch(line -> line.endsWith(" 0"));
    }

    @Test
    void issuersOfBothScopesShowWhetherTheyAreReady() throws Exception {
        show("""
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: i, namespace: ns}
                status: {conditions: [{type: Ready, status: "True"}]}
                """, """
                apiVersion: cert-manager.io/v1
                kind: ClusterIssuer
                metadata: {name: c}
                """);
        assertThat(lines("certmanager_issuer_ready_status").getFirst())
                .isEqualTo("certmanager_issuer_ready_status{name=\"i\",namespace=\"ns\",condition=\"True\"} 1");
        assertThat(lines("certmanager_clusterissuer_ready_status").getLast())
                .isEqualTo("certmanager_clusterissuer_ready_status{name=\"c\",condition=\"Unknown\"} 1");
    }

    @Test
    void kindsThatAreNotShownHaveNoSeries() throws Exception {
        assertThat(lines("certmanager_certificate_")).isEmpty();
        assertThat(lines("certmanager_issuer_")).isEmpty();
    }

    @Test
    void acmeRequestsAreCountedUnderThePeersNames() throws Exception {
        var request = new AcmeRequest("get_order", "https", "ca.test", "POST", 200, Duration.ofMillis(250));
        page.acmeRequests().ended(request);
        page.acmeRequests().ended(request);
        page.acmeRequests().ended(new AcmeRequest("discover", "https", "ca.test", "GET", 999, Duration.ZERO));
        assertThat(lines("certmanager_http_acme_client_request_count"))
                .contains("""
                        certmanager_http_acme_client_request_count{scheme="https",host="ca.test",action="get_order",method="POST",status="200"} 2""")
                .hasSize(2);
        assertThat(lines("certmanager_http_acme_client_request_duration_seconds"))
                .anyMatch(line -> line.contains("quantile=\"0.99\"") && line.contains("action=\"get_order\""))
                .anyMatch(line -> line.startsWith("certmanager_http_acme_client_request_duration_seconds_sum")
                        && line.endsWith(" 0.5"))
                .anyMatch(line -> line.startsWith("certmanager_http_acme_client_request_duration_seconds_count")
                        && line.endsWith(" 2"));
    }

    @Test
    void reconcilesAndTheirFailuresAreCountedButConflictsAreNone() throws Exception {
        page.syncs().timeControllerExecution(execution("orders", () -> 1));
        assertThatThrownBy(() -> page.syncs().timeControllerExecution(execution("orders", () -> {
                    throw new IllegalStateException();
                })))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> page.syncs().timeControllerExecution(execution("orders", () -> {
                    throw new KubernetesClientException("conflict", 409, null);
                })))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(lines("certmanager_controller_sync_"))
                .containsExactly(
                        "certmanager_controller_sync_call_count{controller=\"orders\"} 3",
                        "certmanager_controller_sync_error_count{controller=\"orders\"} 1");
    }

    @Test
    void theTimeThatReconcilesTakeIsCountedWithTheirFailures() throws Exception {
        page.syncs().timeControllerExecution(execution("orders", () -> {
            Thread.onSpinWait();
            return 1;
        }));
        assertThat(lines("acme53_reconcile_seconds_total{controller=\"orders\"}"))
                .singleElement()
                .satisfies(line -> assertThat(Double.parseDouble(line.substring(line.indexOf(' '))))
                        .isBetween(1e-9, 10.0));
    }

    @Test
    void theInstanceSaysWhatItIsAndWhetherItLeads() throws Exception {
        assertThat(lines("acme53_build_info"))
                .containsExactly("acme53_build_info{version=\"1.2.3\",api=\"v1.21.1\"} 1");
        assertThat(lines("acme53_leader")).containsExactly("acme53_leader 0");
        shown.lead();
        assertThat(lines("acme53_leader")).containsExactly("acme53_leader 1");
    }

    @Test
    void theClockIsShownTwice() throws Exception {
        assertThat(lines("certmanager_clock"))
                .containsExactly(
                        "certmanager_clock_time_seconds 1800000000", "certmanager_clock_time_seconds_gauge 1800000000");
    }

    @Test
    void theProcessAndItsJvmAreShown() throws Exception {
        assertThat(lines("process_cpu_seconds_total")).hasSize(1);
        assertThat(lines("process_start_time_seconds")).hasSize(1);
        assertThat(lines("jvm_memory_used_bytes")).isNotEmpty();
    }

    @Test
    void noMetricIsDescribedTwice() throws Exception {
        show(APage.CERTIFICATE, APage.CHALLENGE);
        page.acmeRequests().ended(new AcmeRequest("discover", "https", "ca.test", "GET", 200, Duration.ZERO));
        assertThat(text().lines().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
    }

    private void show(String... objects) {
        shown.show(objects);
    }

    private List<String> lines(String prefix) throws IOException {
        return text().lines().filter(line -> line.startsWith(prefix)).toList();
    }

    private String text() throws IOException {
        return shown.text();
    }

    private static AReconcile execution(String controller, Callable<Integer> work) {
        return new AReconcile(controller, work);
    }
}
