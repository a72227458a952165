package dev.acme53.operator.metrics;

import dev.acme53.api.Certificate;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.certificate.CertificateSettings;
import dev.acme53.certificate.FailureBackoff;
import dev.acme53.operator.serving.HttpEndpoint.Request;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A metrics page of version 1.2.3 at a fixed time, and the objects that it shows.
final class APage {
    static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    static final String CERTIFICATE = """
            apiVersion: cert-manager.io/v1
            kind: Certificate
            metadata: {name: a, namespace: ns}
            spec:
              secretName: a
              issuerRef: {name: le, kind: ClusterIssuer}
            status:
              notBefore: "2026-01-01T00:00:00Z"
              notAfter: "2026-04-01T00:00:00Z"
              renewalTime: "2026-03-01T00:00:00Z"
              conditions:
              - {type: Issuing, status: "True"}
              - {type: Ready, status: "False"}
            """;
    static final String CHALLENGE = """
            apiVersion: acme.cert-manager.io/v1
            kind: Challenge
            metadata: {name: c, namespace: ns}
            spec: {dnsName: example.com, type: DNS-01}
            status: {processing: true, state: pending, reason: "waits for \\"x\\"\\nand y"}
            """;
    static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: Issuer
            metadata: {name: i, namespace: ns}
            status: {conditions: [{type: Ready, status: "True"}]}
            """;
    static final String CLUSTER_ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata: {name: c}
            """;

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Certificate", Certificate.class,
            "Challenge", Challenge.class,
            "Issuer", Issuer.class,
            "ClusterIssuer", ClusterIssuer.class);

    private final MetricsPage page;
    private boolean leads;

    APage() {
        page = new MetricsPage(() -> NOW, new MetricsPage.Instance("1.2.3", "v1.21.1", () -> leads));
    }

    MetricsPage page() {
        return page;
    }

    void lead() {
        leads = true;
    }

    /// Shows these, as YAML, and no others.
    void show(String... objects) {
        page.show(
                new MetricsPage.Source() {
                    @Override
                    public <K extends HasMetadata> Optional<List<K>> all(Class<K> kind) {
                        return Optional.of(Arrays.stream(objects)
                                .filter(yaml -> yaml.contains("kind: " + kind.getSimpleName() + "\n"))
                                .map(yaml -> kind.cast(Serialization.unmarshal(yaml, KINDS.get(kind.getSimpleName()))))
                                .toList());
                    }
                },
                status -> FailureBackoff.nextAttempt(status, CertificateSettings.DEFAULTS));
    }

    String text() throws IOException {
        var answer = page.answer(new Request("", "", ""));
        var out = new StringWriter();
        answer.body().writeTo(out);
        return out.toString();
    }

    /// The value of the one sample that begins so.
    double value(String sample) throws IOException {
        var found = text().lines().filter(line -> line.startsWith(sample + " ")).toList();
        if (found.size() != 1) {
            throw new AssertionError(sample + ": " + found);
        }
        return Double.parseDouble(found.getFirst().substring(sample.length() + 1));
    }
}
