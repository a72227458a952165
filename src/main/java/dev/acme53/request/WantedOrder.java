package dev.acme53.request;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.EventReasons;
import dev.acme53.api.GoDuration;
import dev.acme53.api.KeyUsage;
import dev.acme53.api.ObjectNames;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OwnerReferences;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.Csr;
import dev.acme53.x509.DecodedCsr;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Optional;

/// The Order that a CertificateRequest asks for (behaviour.md §2.3).
sealed interface WantedOrder {
    /// An Order as it is to be created.
    record Buildable(Order order) implements WantedOrder {}

    /// The request can never become an Order.
    /// @param reason of the event
    record Unbuildable(String reason, String message) implements WantedOrder {}

    /// The CSR is checked here, since nothing else may have done so: its signature, and that it agrees with `isCA` and
    /// `usages` (R02 of api.md §4.3).
    static WantedOrder of(CertificateRequest request, AcmeIssuer acme) {
        return switch (CertificateSigningRequests.decode(
                request.getSpec().request().toArray())) {
            case DecodedCsr.Undecodable(var reason) ->
                new Unbuildable(
                        EventReasons.Request.REQUEST_PARSING_ERROR,
                        "spec.request cannot be used: " + reason
                                + "; make a new CertificateRequest with a PEM encoded PKCS#10 request");
            case DecodedCsr.Decoded(var csr) -> fault(request, acme, csr).orElseGet(() -> build(request, acme, csr));
        };
    }

    private static Optional<WantedOrder> fault(CertificateRequest request, AcmeIssuer acme, Csr csr) {
        var spec = request.getSpec();
        var usages = spec.usages().stream().map(KeyUsage::text).toList();
        var contradiction = csr.contradiction(spec.isCA(), usages);
        if (contradiction.isPresent()) {
            return Optional.of(new Unbuildable(
                    EventReasons.Request.REQUEST_PARSING_ERROR,
                    "spec.request cannot be used: " + contradiction.get()
                            + "; make a new CertificateRequest in which they agree"));
        }
        var commonName = csr.commonName();
        if (!commonName.isEmpty()
                && !csr.dnsNames().contains(commonName)
                && !csr.ipAddresses().contains(commonName)) {
            return Optional.of(new Unbuildable(
                    EventReasons.Request.INVALID_ORDER,
                    "the common name \"" + commonName + "\" is not among the DNS names or IP addresses: add it to them,"
                            + " or leave it out"));
        }
        if (csr.dnsNames().isEmpty() && csr.ipAddresses().isEmpty()) {
            return Optional.of(
                    new Unbuildable(
                            EventReasons.Request.INVALID_ORDER,
                            "the request has no DNS name and no IP address, and an ACME CA certifies nothing else: add dnsNames"));
        }
        if (acme.enableDurationFeature()
                && !spec.duration().isEmpty()
                && GoDuration.parse(spec.duration()).isEmpty()) {
            return Optional.of(
                    new Unbuildable(EventReasons.Request.ORDER_BUILDING_ERROR, "spec.duration is not a duration"));
        }
        return Optional.empty();
    }

    private static WantedOrder build(CertificateRequest request, AcmeIssuer acme, Csr csr) {
        var asked = request.getSpec();
        var spec = new OrderSpec(
                asked.request(),
                asked.issuerRef(),
                csr.commonName(),
                csr.dnsNames(),
                csr.ipAddresses(),
                acme.enableDurationFeature() ? asked.duration() : "",
                acme.profile(),
                "");
        var meta = request.getMetadata();
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withName(ObjectNames.order(meta.getName(), spec))
                .withNamespace(meta.getNamespace())
                .withLabels(meta.getLabels())
                .withAnnotations(meta.getAnnotations())
                .withOwnerReferences(OwnerReferences.controlledBy(request))
                .build());
        order.setSpec(spec);
        return new Buildable(order);
    }
}
