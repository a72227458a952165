package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AcmeCaIT {
    private static final PebbleSettings SETTINGS =
            PebbleSettings.resolvingAt(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()));

    @Test
    void pebbleStartsAnswersStopsAndLeavesNoProcess() throws Exception {
        var pebble = TestServers.newAcmeCa(SETTINGS);
        var processes = LocalProcesses.of(pebble);
        try {
            assertThat(directory(pebble).body()).contains("newOrder", "renewalInfo", "shortlived");
        } finally {
            pebble.close();
        }
        assertThat(processes).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
        assertThatThrownBy(() -> directory(pebble)).isInstanceOf(IOException.class);
    }

    @Test
    void pebbleIsStrictRefusesNoncesAndValidates() throws Exception {
        try (var pebble = TestServers.newAcmeCa(SETTINGS.withBadNonces(7))) {
            assertThat(pebble.log())
                    .contains("Running in strict mode")
                    .contains("reject 7% of good nonces")
                    .contains("Using custom DNS resolver for ACME challenges: ")
                    .doesNotContain("Disabling VA challenge requests");
        }
        assertThat(SETTINGS.environment()).containsEntry("PEBBLE_WFE_NONCEREJECT", "5");
    }

    @Test
    void theDirectorySaysWhetherAnAccountNeedsAnExternalOne() throws Exception {
        try (var pebble = TestServers.newAcmeCa(SETTINGS.withExternalAccounts(
                Map.of("kid-1", "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W")))) {
            var meta = new JsonMapper().readTree(directory(pebble).body()).get("meta");
            assertThat(meta.get("externalAccountRequired").asBoolean()).isTrue();
        }
    }

    @Test
    void eachAlternateChainHasARootAndARestartMakesNewOnesAtTheSameAddress() {
        try (var pebble = TestServers.newAcmeCa(SETTINGS.withAlternateRoots(2))) {
            var url = pebble.directory();
            var before = pebble.issuanceRoots();
            assertThat(before).hasSize(3).doesNotHaveDuplicates();
            pebble.restart();
            assertThat(pebble.directory()).isEqualTo(url);
            assertThat(pebble.issuanceRoots()).hasSize(3).doesNotContainAnyElementsOf(before);
        }
    }

    private static HttpResponse<String> directory(AcmeCa ca) throws Exception {
        var root = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(ca.tlsRoot().getBytes()));
        try (var http = Answers.trusting(root)) {
            return http.send(HttpRequest.newBuilder(ca.directory()).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
