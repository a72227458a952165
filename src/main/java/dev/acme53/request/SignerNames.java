package dev.acme53.request;

import dev.acme53.api.CertificateRequest;
import java.util.List;
import java.util.Locale;

/// Whose requests the built-in approver approves. Beside the peer a webhook asks for the permission to `approve` these
/// names; here nothing else would hold the approver back.
///
/// @param names `issuers.cert-manager.io/NAMESPACE.NAME`, `clusterissuers.cert-manager.io/NAME`, with `*` after the
/// slash for all; those of other groups likewise, where a kind with `Cluster` in its name has no
/// namespace. Empty: all
public record SignerNames(List<String> names) {
    public static final SignerNames ALL = new SignerNames(List.of());

    public SignerNames {
        names = List.copyOf(names);
    }

    /// Whether the issuer that `request` names is among them.
    boolean cover(CertificateRequest request) {
        var ref = request.getSpec().issuerRef();
        var kind = ref.kindOrDefault();
        var signer = kind.toLowerCase(Locale.ROOT) + "s." + ref.groupOrDefault() + "/";
        var name = kind.contains("Cluster") ? ref.name() : request.getMetadata().getNamespace() + "." + ref.name();
        return names.isEmpty() || names.contains(signer + "*") || names.contains(signer + name);
    }
}
