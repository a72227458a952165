package dev.acme53.certificate;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateSpec;
import dev.acme53.api.CertificateStatus;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Everything one decision about a Certificate looks at.
///
/// @param certificate as stored; its status may be behind `status`
/// @param status with what was decided in this reconcile and is not written yet
/// @param competitors all Certificates of the namespace with the same `secretName`, this one included
/// @param nextKeys the Secrets of next private keys that the Certificate controls, as far as is known
/// @param nextKey the one of them that `status` names
/// @param unbuildable why no CSR can be made of the spec, empty text while it is not known to be so
/// @param upkept whether the target Secret was put right in this reconcile
/// @param now in whole seconds, as all times in a status are
record Picture(
        Certificate certificate,
        CertificateStatus status,
        TargetSecret target,
        List<Certificate> competitors,
        OwnedRequests requests,
        List<SecretIdentity> nextKeys,
        NextKey nextKey,
        String unbuildable,
        boolean upkept,
        CertificateSettings settings,
        Instant now) {
    Picture {
        competitors = List.copyOf(competitors);
        nextKeys = List.copyOf(nextKeys);
    }

    CertificateSpec spec() {
        return certificate.getSpec();
    }

    String name() {
        return certificate.getMetadata().getName();
    }

    long generation() {
        return Objects.requireNonNullElse(certificate.getMetadata().getGeneration(), 0L);
    }

    Map<String, String> annotations() {
        return Objects.requireNonNullElse(certificate.getMetadata().getAnnotations(), Map.of());
    }

    boolean isIssuing() {
        return Conditions.isTrue(status.conditions(), ConditionTypes.ISSUING);
    }

    boolean isReady() {
        return Conditions.isTrue(status.conditions(), ConditionTypes.READY);
    }

    /// Whether this Certificate is the one to fill the Secret.
    boolean ownsSecret() {
        var named = switch (target) {
            case TargetSecret.Missing _ -> "";
            case TargetSecret.InOrder inOrder -> inOrder.certificateName();
            case TargetSecret.Read(var facts) -> facts.certificateName();
        };
        return competitors.size() < 2 || SecretOwnership.isWonBy(certificate, competitors, named);
    }
}
