package dev.acme53.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Order;
import dev.acme53.servers.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// A user of the rig with a namespace of their own: applies manifests and waits for what comes of them.
public record Tenant(Rig rig, TestNamespace namespace, KubernetesClient client) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    public static Tenant of(Rig rig) {
        return new Tenant(
                rig, rig.kubernetes().freshNamespace(), rig.kubernetes().client());
    }

    /// Applies a manifest in which `${DIRECTORY}`, `${CA_BUNDLE}` and `${NAMESPACE}` are filled in.
    public void apply(String manifest) {
        var text = rig.filled(manifest, namespace.name());
        client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> client.resource(item).fieldManager("kubectl").serverSideApply());
    }

    /// Applies a Certificate for `names` with the ClusterIssuer or Issuer given; its Secret is `NAME-tls`.
    public void certificate(String name, String issuerKind, String issuer, String... names) {
        apply("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata:
                  name: %s
                  namespace: ${NAMESPACE}
                spec:
                  secretName: %s-tls
                  dnsNames: ["%s"]
                  privateKey: {algorithm: ECDSA}
                  issuerRef: {name: %s, kind: %s}
                """.formatted(name, name, String.join("\", \"", names), issuer, issuerKind));
    }

    public Certificate certificate(String name) {
        return get(Certificate.class, name);
    }

    public <R extends CustomResource<?, ?>> R get(Class<R> kind, String name) {
        return client.resources(kind)
                .inNamespace(namespace.name())
                .withName(name)
                .get();
    }

    public List<CertificateRequest> requests() {
        return list(CertificateRequest.class);
    }

    public List<Order> orders() {
        return list(Order.class);
    }

    public List<Challenge> challenges() {
        return list(Challenge.class);
    }

    public Secret secret(String name) {
        return client.secrets().inNamespace(namespace.name()).withName(name).get();
    }

    /// Waits until the Certificate is Ready and its chain verifies; gives the leaf.
    public X509Certificate awaitIssued(String name) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(isReady(name)).as(this::story).isTrue());
        return verifiedLeaf(name);
    }

    public boolean isReady(String name) {
        return Conditions.isTrue(certificate(name).statusOrEmpty().conditions(), ConditionTypes.READY);
    }

    /// The message of the Certificate's Issuing condition; empty when there is none.
    public String issuingMessage(String name) {
        return Conditions.find(certificate(name).statusOrEmpty().conditions(), ConditionTypes.ISSUING)
                .map(c -> c.message())
                .orElse("");
    }

    /// Everything's status, for the failure of a test.
    public String story() {
        return List.of(
                        list(Certificate.class).toString(),
                        requests().toString(),
                        orders().toString(),
                        challenges().toString())
                .stream()
                .collect(Collectors.joining("\n"));
    }

    private X509Certificate verifiedLeaf(String name) {
        try {
            var pem = Base64.getDecoder().decode(secret(name + "-tls").getData().get("tls.crt"));
            var factory = CertificateFactory.getInstance("X.509");
            var chain = factory.generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            var parameters = new PKIXParameters(rig.ca().issuanceRoots().stream()
                    .map(root -> new TrustAnchor(root, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), parameters);
            return chain.getFirst();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError("the chain of " + name + " does not verify", e);
        }
    }

    private <R extends HasMetadata> List<R> list(Class<R> kind) {
        return client.resources(kind).inNamespace(namespace.name()).list().getItems();
    }

    @Override
    public void close() {
        namespace.close();
        client.close();
    }
}
