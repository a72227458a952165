package dev.acme53.it.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.operator.metrics.MetricsTable;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.PrivateCa;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsIT {
    private final KubernetesApi kubernetes = TestServers.kubernetes();

    @Test
    void certificatesAndIssuersAreShownWhileTheyExist() {
        try (var namespace = kubernetes.freshNamespace();
                var client = kubernetes.client();
                var controller = ControllerProcess.with(kubernetes)
                        .flags("--leader-elect=false", "--namespace=" + namespace.name())
                        .ready()) {
            apply(client, """
                    apiVersion: cert-manager.io/v1
                    kind: Certificate
                    metadata: {name: a, namespace: %s}
                    spec:
                      secretName: a
                      dnsNames: [a.example.com]
                      issuerRef: {name: nobody}
                    """.formatted(namespace.name()));
            var labels = "{name=\"a\",namespace=\"" + namespace.name()
                    + "\",issuer_name=\"nobody\",issuer_kind=\"\",issuer_group=\"\"";
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> controller
                            .metrics()
                            .contains("certmanager_certificate_ready_status" + labels + ",condition=\"False\"} 1"));
            assertThat(MetricsTable.undocumented(controller.metrics())).isEmpty();
            assertThat(controller.metrics())
                    .contains("\nacme53_leader 1\n", "\nacme53_certificates_issuing 1\n")
                    .contains("certmanager_certificate_not_after_timestamp_seconds" + labels + "} 0")
                    .contains("certmanager_controller_sync_call_count{controller=\"certificates\"}")
                    .doesNotContain("certmanager_clusterissuer_ready_status");
            client.genericKubernetesResources("cert-manager.io/v1", "Certificate")
                    .inNamespace(namespace.name())
                    .withName("a")
                    .delete();
            await().until(() -> !controller.metrics().contains(labels));
        }
    }

    @Test
    void withoutCertificatesMetricsThereAreNoSeriesOfCertificates() {
        try (var namespace = kubernetes.freshNamespace();
                var controller = ControllerProcess.with(kubernetes)
                        .flags(
                                "--leader-elect=false",
                                "--namespace=" + namespace.name(),
                                "--controllers=*,-certificates-metrics")
                        .ready()) {
            assertThat(controller.metrics())
                    .contains("certmanager_certificate_challenge_status")
                    .doesNotContain("certmanager_certificate_ready_status");
        }
    }

    @Test
    void certificatesAreShownAlsoWhereTheirStageDoesNotRun() {
        try (var namespace = kubernetes.freshNamespace();
                var controller = ControllerProcess.with(kubernetes)
                        .flags(
                                "--leader-elect=false",
                                "--namespace=" + namespace.name(),
                                "--controllers=challenges,certificates-metrics")
                        .ready()) {
            assertThat(controller.metrics())
                    .contains("certmanager_certificate_ready_status", "certmanager_certificate_challenge_status")
                    .doesNotContain("certmanager_issuer_ready_status");
        }
    }

    @Test
    void filesMakeItTls(@TempDir Path folder) throws Exception {
        var ca = new PrivateCa("metrics");
        var leaf = ca.server(List.of("127.0.0.1"));
        var chain = Files.writeString(folder.resolve("tls.crt"), leaf.certificate());
        var key = Files.writeString(folder.resolve("tls.key"), leaf.key());
        try (var controller = ControllerProcess.with(kubernetes)
                .flags(
                        "--leader-elect=false",
                        "--metrics-tls-cert-file=" + chain,
                        "--metrics-tls-private-key-file=" + key,
                        "--metrics-tls-min-version=VersionTLS12",
                        "--metrics-tls-cipher-suites=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
                .ready()) {
            var url = URI.create("https://" + controller.metricsAddress().getAuthority() + "/metrics");
            for (var version : List.of("TLSv1.3", "TLSv1.2")) {
                var answer = get(url, ca, version);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("certmanager_clock_time_seconds");
                assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
            }
        }
    }

    private static HttpResponse<String> get(URI url, PrivateCa ca, String version) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("ca", ca.root());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        try (var http = HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build()) {
            return http.send(
                    HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void apply(KubernetesClient client, String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> client.resource(object).create());
    }
}
