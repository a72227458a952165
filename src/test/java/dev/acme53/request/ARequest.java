package dev.acme53.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Bytes;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateRequestSpec;
import dev.acme53.api.CertificateRequestStatus;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.IssuerStatus;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.Preserved;
import dev.acme53.api.State;
import dev.acme53.fixture.Csrs;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A CertificateRequest of the Certificate `example-com` to the ClusterIssuer `le`, and what belongs to it, for
/// tests to vary.
final class ARequest {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final IssuerRef ISSUER = new IssuerRef("le", "ClusterIssuer", "cert-manager.io");
    static final KeyPair KEY = PrivateKeys.generate(KeySpec.ecdsa(256));

    private ARequest() {}

    static CertificateRequest with(CertificateRequestSpec spec, Condition... conditions) {
        var request = new CertificateRequest();
        request.setMetadata(new ObjectMetaBuilder()
                .withName("example-com-1")
                .withNamespace("team")
                .withUid("request-uid")
                .withResourceVersion("7")
                .withLabels(Map.of("team", "a"))
                .withAnnotations(Map.of("cert-manager.io/certificate-revision", "1"))
                .build());
        request.setSpec(spec);
        request.setStatus(CertificateRequestStatus.empty().withConditions(List.of(conditions)));
        return request;
    }

    static CertificateRequest with(Condition... conditions) {
        return with(spec(ISSUER, csr("example.com", "example.com", "*.example.com")), conditions);
    }

    static CertificateRequestSpec spec(IssuerRef issuer, Bytes csr) {
        return new CertificateRequestSpec("2160h", issuer, csr, false, null, null, null, null, null);
    }

    static Bytes csr(String commonName, String... dnsNames) {
        return Csrs.pem(KEY, Csrs.template(commonName, dnsNames));
    }

    static Condition approved() {
        return condition(ConditionTypes.APPROVED, Condition.Status.TRUE, "cert-manager.io", "");
    }

    static Condition ready(Condition.Status status, String reason, String message) {
        return condition(ConditionTypes.READY, status, reason, message);
    }

    static Condition condition(String type, Condition.Status status, String reason, String message) {
        return new Condition(type, status, NOW, reason, message, null);
    }

    static AcmeIssuer acme(String profile, boolean durations) {
        return new AcmeIssuer(
                null, "https://ca.test/dir", null, null, false, null, null, null, false, durations, profile, null);
    }

    static AnyIssuer issuer(@Nullable AcmeIssuer acme, Condition... conditions) {
        return issuer(new IssuerSpec(acme, null), conditions);
    }

    static AnyIssuer issuerOfType(String type) {
        return issuer(new IssuerSpec(null, Map.of(type, new Preserved(JsonNodeFactory.instance.objectNode()))));
    }

    private static AnyIssuer issuer(IssuerSpec spec, Condition... conditions) {
        var issuer = new ClusterIssuer();
        issuer.setMetadata(new ObjectMetaBuilder().withName("le").build());
        issuer.setSpec(spec);
        issuer.setStatus(new IssuerStatus(Arrays.asList(conditions), null));
        return issuer;
    }

    static AnyIssuer readyIssuer() {
        return issuer(acme("", false), ready(Condition.Status.TRUE, "ACMEAccountRegistered", ""));
    }

    static Order order(String name, @Nullable State state, String reason) {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("team")
                .withUid(name + "-uid")
                .withResourceVersion("8")
                .withCreationTimestamp("2026-03-01T11:59:00Z")
                .withOwnerReferences(OwnerReferences.controlledBy(with()))
                .build());
        order.setSpec(new OrderSpec(null, ISSUER, null, null, null, null, null, null));
        order.setStatus(OrderStatus.empty().withState(state).withReason(reason));
        return order;
    }

    static Challenge challenge(String name, @Nullable State state, String reason) {
        var challenge = new Challenge();
        challenge.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace("team").build());
        challenge.setStatus(challenge.statusOrEmpty().withState(state).withReason(reason));
        return challenge;
    }
}
