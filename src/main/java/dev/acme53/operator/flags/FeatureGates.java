package dev.acme53.operator.flags;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The feature gates (behaviour.md §6.4): all of the peer's are known, an unknown one is refused.
///
/// @param on whether each gate is on
/// @param given the gates that were named by the user
public record FeatureGates(Map<String, Boolean> on, List<String> given) {
    private enum Maturity {
        ALPHA,
        BETA,
        GA
    }

    private record Gate(Maturity maturity, boolean standard) {}

    private static final Map<String, Gate> KNOWN = Map.ofEntries(
            Map.entry("StableCertificateRequestName", new Gate(Maturity.BETA, true)),
            Map.entry("SecretsFilteredCaching", new Gate(Maturity.BETA, true)),
            Map.entry("ServerSideApply", new Gate(Maturity.ALPHA, false)),
            Map.entry("ACMEUseARI", new Gate(Maturity.ALPHA, false)),
            Map.entry("LiteralCertificateSubject", new Gate(Maturity.BETA, true)),
            Map.entry("NameConstraints", new Gate(Maturity.BETA, true)),
            Map.entry("OtherNames", new Gate(Maturity.BETA, true)),
            Map.entry("UseCertificateRequestBasicConstraints", new Gate(Maturity.ALPHA, false)),
            Map.entry("AdditionalCertificateOutputFormats", new Gate(Maturity.GA, true)),
            Map.entry("DefaultPrivateKeyRotationPolicyAlways", new Gate(Maturity.GA, true)),
            Map.entry("UseDomainQualifiedFinalizer", new Gate(Maturity.GA, true)),
            Map.entry("DisallowInsecureCSRUsageDefinition", new Gate(Maturity.GA, true)),
            Map.entry("ExperimentalGatewayAPISupport", new Gate(Maturity.BETA, true)),
            Map.entry("ListenerSets", new Gate(Maturity.ALPHA, false)),
            Map.entry("ExperimentalCertificateSigningRequestControllers", new Gate(Maturity.ALPHA, false)),
            Map.entry("ACMEHTTP01IngressPathTypeExact", new Gate(Maturity.BETA, true)),
            Map.entry("ValidateCAA", new Gate(Maturity.ALPHA, false)));
    private static final Map<String, Maturity> WHOLE = Map.of("AllAlpha", Maturity.ALPHA, "AllBeta", Maturity.BETA);

    public FeatureGates {
        on = Map.copyOf(on);
        given = List.copyOf(given);
    }

    /// @throws ValueType.Refused for a gate nobody knows
    static FeatureGates parse(Map<String, Boolean> wanted) {
        var on = new TreeMap<String, Boolean>();
        KNOWN.forEach((name, gate) -> on.put(name, gate.standard));
        wanted.forEach((name, state) -> {
            var maturity = WHOLE.get(name);
            if (maturity == null && !KNOWN.containsKey(name)) {
                throw new ValueType.Refused(name + "=" + state, "unknown feature gate");
            }
            KNOWN.forEach((gate, known) -> {
                if (known.maturity == maturity) {
                    on.put(gate, state);
                }
            });
        });
        wanted.forEach((name, state) -> on.replace(name, state));
        return new FeatureGates(on, wanted.keySet().stream().sorted().toList());
    }
}
