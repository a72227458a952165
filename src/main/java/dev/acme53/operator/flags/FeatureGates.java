package dev.acme53.operator.flags;

import java.util.Map;
import java.util.Set;

/// The feature gates (behaviour.md §6.4): all of the peer's are known, an unknown one is refused. None changes
/// anything here: docs/flags.md says for each what is done instead.
final class FeatureGates {
    static final Set<String> KNOWN = Set.of(
            "StableCertificateRequestName",
            "SecretsFilteredCaching",
            "ServerSideApply",
            "ACMEUseARI",
            "LiteralCertificateSubject",
            "NameConstraints",
            "OtherNames",
            "UseCertificateRequestBasicConstraints",
            "AdditionalCertificateOutputFormats",
            "DefaultPrivateKeyRotationPolicyAlways",
            "UseDomainQualifiedFinalizer",
            "DisallowInsecureCSRUsageDefinition",
            "ExperimentalGatewayAPISupport",
            "ListenerSets",
            "ExperimentalCertificateSigningRequestControllers",
            "ACMEHTTP01IngressPathTypeExact",
            "ValidateCAA",
            "AllAlpha",
            "AllBeta");

    private FeatureGates() {}

    /// @throws ValueType.Refused for a gate nobody knows
    static Set<String> named(Map<String, Boolean> wanted) {
        wanted.forEach((name, state) -> {
            if (!KNOWN.contains(name)) {
                throw new ValueType.Refused(name + "=" + state, "unknown feature gate");
            }
        });
        return wanted.keySet();
    }
}
