package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.DecodedCsr;
import dev.acme53.x509.PemLimits;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A CertificateRequest that the Certificate controls. Its CSR is read when first asked for.
final class OwnedRequest {
    private final CertificateRequest object;
    private final PemLimits limits;
    private @Nullable DecodedCsr csr;

    OwnedRequest(CertificateRequest object, PemLimits limits) {
        this.object = object;
        this.limits = limits;
    }

    CertificateRequest object() {
        return object;
    }

    String name() {
        return object.getMetadata().getName();
    }

    String uid() {
        return Objects.requireNonNullElse(object.getMetadata().getUid(), "");
    }

    /// The annotated revision, empty when there is none or it is no number.
    OptionalLong revision() {
        var annotations = Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.<String, String>of());
        try {
            return OptionalLong.of(Long.parseLong(annotations.getOrDefault(Annotations.CERTIFICATE_REVISION, "")));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    boolean isOfRevision(long revision) {
        return revision().equals(OptionalLong.of(revision));
    }

    DecodedCsr csr() {
        var read = csr;
        if (read == null) {
            read = CertificateSigningRequests.decodeUnverified(
                    object.getSpec().request().toArray(), limits);
            csr = read;
        }
        return read;
    }

    Optional<Condition> condition(String type) {
        return Conditions.find(object.statusOrEmpty().conditions(), type);
    }

    /// The condition when it is True.
    Optional<Condition> isTrue(String type) {
        return condition(type).filter(c -> c.status() == Condition.Status.TRUE);
    }

    /// The reason of Ready, empty text when there is no such condition.
    String readyReason() {
        return Conditions.reason(object.statusOrEmpty().conditions(), ConditionTypes.READY);
    }
}
