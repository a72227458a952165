package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Bytes;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateRequestSpec;
import dev.acme53.api.CertificateRequestStatus;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.State;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How little the caches keep.
class SlimObjectsTest {
    private static final IssuerRef ISSUER = new IssuerRef("ca", "Issuer", IssuerRef.GROUP);
    private static final Bytes CHAIN = Bytes.ofText("long chain");

    @Test
    void managedFieldsAreNeverKept() {
        var certificate = new Certificate();
        certificate.setMetadata(meta());
        assertThat(SlimObjects.slim(certificate).getMetadata().getManagedFields())
                .isNullOrEmpty();
    }

    @Test
    void theRestOfTheMetadataIsKept() {
        var certificate = new Certificate();
        certificate.setMetadata(meta());
        var before = new ObjectMetaBuilder(certificate.getMetadata())
                .withManagedFields((List<ManagedFieldsEntry>) null)
                .build();
        var slim = SlimObjects.slim(SlimObjects.slim(certificate));
        assertThat(slim.getMetadata()).isEqualTo(before);
    }

    @Test
    void ofAFinishedOrderOnlyWhereItStandsIsKept() {
        var order = order(OrderStatus.empty().withState(State.VALID).withCertificate(CHAIN));
        var slim = SlimObjects.slim(order);
        assertThat(slim.statusOrEmpty().state()).isEqualTo(State.VALID);
        assertThat(slim.statusOrEmpty().certificate()).isEqualTo(Bytes.ofText("…"));
        assertThat(slim.getSpec().request()).isEqualTo(Bytes.EMPTY);
        assertThat(slim.getSpec().issuerRef()).isEqualTo(ISSUER);
        assertThat(slim.getMetadata().getLabels()).isNullOrEmpty();
        assertThat(slim.getMetadata().getOwnerReferences()).hasSize(1);
    }

    @Test
    void whyAnOrderFailedIsKept() {
        var slim = SlimObjects.slim(
                order(OrderStatus.empty().withState(State.INVALID).withReason("why")));
        assertThat(slim.statusOrEmpty().reason()).isEqualTo("why");
    }

    @Test
    void anOrderUnderWayIsKept() {
        var order = order(OrderStatus.empty().withState(State.PENDING).withUrl("https://ca.test/order/1"));
        var spec = order.getSpec();
        var slim = SlimObjects.slim(order);
        assertThat(slim.getSpec()).isEqualTo(spec);
        assertThat(slim.statusOrEmpty().url()).isEqualTo("https://ca.test/order/1");
        assertThat(slim.getMetadata().getLabels()).containsEntry("a", "b");
    }

    @Test
    void ofARequestAllButTheCertificateIsKept() {
        var request = new CertificateRequest();
        request.setMetadata(meta());
        request.setSpec(
                new CertificateRequestSpec(null, ISSUER, Bytes.ofText("request"), false, null, null, null, null, null));
        request.setStatus(
                CertificateRequestStatus.empty().withCertificate(CHAIN).withCa(CHAIN));
        var slim = SlimObjects.slim(request);
        assertThat(slim.getSpec().request()).isEqualTo(Bytes.ofText("request"));
        assertThat(slim.getStatus()).isEqualTo(CertificateRequestStatus.empty().withCertificate(Bytes.ofText("…")));
    }

    private static Order order(OrderStatus status) {
        var order = new Order();
        order.setMetadata(meta());
        order.setSpec(new OrderSpec(Bytes.ofText("request"), ISSUER, null, null, null, null, null, null));
        order.setStatus(status);
        return order;
    }

    private static ObjectMeta meta() {
        return new ObjectMetaBuilder()
                .withName("x")
                .withLabels(Map.of("a", "b"))
                .withManagedFields(List.of(new ManagedFieldsEntry()))
                .withOwnerReferences(List.of(new OwnerReferenceBuilder().build()))
                .build();
    }
}
