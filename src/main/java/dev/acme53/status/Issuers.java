package dev.acme53.status;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.status.Snapshot.IssuerItem;
import dev.acme53.status.Snapshot.Named;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;

/// How issuers stand.
final class Issuers {
    private Issuers() {}

    static IssuerItem item(AnyIssuer issuer) {
        var ready = Conditions.find(issuer.statusOrEmpty().conditions(), ConditionTypes.READY);
        var meta = issuer.getMetadata();
        return new IssuerItem(
                new Named(issuer.getKind(), Objects.requireNonNullElse(meta.getNamespace(), ""), meta.getName()),
                Optional.ofNullable(issuer.getSpec().acme())
                        .map(acme -> host(acme.server()))
                        .orElse("not ACME"),
                ready.map(Condition::status).orElse(Condition.Status.UNKNOWN),
                ready.flatMap(c -> Optional.ofNullable(c.lastTransitionTime())),
                ready.map(Condition::message).orElse("no status yet"));
    }

    /// Of a URL only its host: some have passwords in them.
    private static String host(String url) {
        try {
            return Objects.requireNonNullElse(new URI(url).getHost(), "not a URL");
        } catch (URISyntaxException _) {
            return "not a URL";
        }
    }
}
