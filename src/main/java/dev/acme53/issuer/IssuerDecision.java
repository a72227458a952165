package dev.acme53.issuer;

import dev.acme53.account.AccountKey;
import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.EventReasons;
import dev.acme53.api.Reasons;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Decides the next step of an issuer (behaviour.md §5.1, in its order).
final class IssuerDecision {
    private static final Set<String> ACME_V1 = Set.of(
            "https://acme-v01.api.letsencrypt.org/directory", "https://acme-staging.api.letsencrypt.org/directory");

    private IssuerDecision() {}

    static IssuerStep next(AnyIssuer issuer, AcmeIssuer acme, Findings findings) {
        if (ACME_V1.contains(stripped(acme.server()))) {
            return refuse(
                    Reasons.Issuer.INVALID_CONFIG,
                    "spec.acme.server is a directory of ACME v1, which no longer exists: use the CA's v2 directory");
        }
        return switch (findings.key()) {
            case AccountKey.NoSecret none
            when acme.disableAccountKeyGeneration() ->
                refuse(
                        Reasons.Issuer.ERR_VERIFY_ACCOUNT,
                        "Failed to verify ACME account: secret \"" + none.namespace() + "/" + none.name()
                                + "\" not found, and spec.acme.disableAccountKeyGeneration forbids making it");
            case AccountKey.NoSecret _ -> new IssuerStep.GenerateKey();
            case AccountKey.Unusable unusable ->
                refuse(Reasons.Issuer.ERR_VERIFY_ACCOUNT, "Failed to verify ACME account: " + unusable.reason());
            case AccountKey.Found key -> withKey(issuer, acme, findings, key);
        };
    }

    private static IssuerStep withKey(AnyIssuer issuer, AcmeIssuer acme, Findings findings, AccountKey.Found key) {
        if (findings.solverProblem().isPresent()) {
            return refuse(
                    Reasons.Issuer.INVALID_SOLVER,
                    "A solver's credentials are not there: "
                            + findings.solverProblem().get());
        }
        var server = url(acme.server());
        if (server.isEmpty()) {
            return new IssuerStep.Refuse(
                    Reasons.Issuer.INVALID_URL,
                    "spec.acme.server is not an https URL",
                    EventReasons.Issuer.INVALID_URL);
        }
        var account = Optional.ofNullable(issuer.statusOrEmpty().acme()).orElseGet(AcmeAccountStatus::empty);
        var known = url(account.uri())
                .filter(u -> u.getHost().equalsIgnoreCase(server.get().getHost()));
        if (issuer.hasReady()
                && known.isPresent()
                && account.lastRegisteredEmail().equals(acme.email())
                && account.lastPrivateKeyHash().equals(key.hash())) {
            return new IssuerStep.Keep();
        }
        return switch (findings.binding()) {
            case Findings.Binding.Wrong wrong ->
                new IssuerStep.Refuse(
                        Reasons.Issuer.ERR_REGISTER_ACCOUNT,
                        "spec.acme.externalAccountBinding: " + wrong.text(),
                        EventReasons.Issuer.ERR_REGISTER_ACCOUNT);
            case Findings.Binding.None _ -> new IssuerStep.Register(server.get(), key, Optional.empty(), known);
            case Findings.Binding.Usable usable ->
                new IssuerStep.Register(server.get(), key, Optional.of(usable.eab()), known);
        };
    }

    private static IssuerStep refuse(String reason, String message) {
        return new IssuerStep.Refuse(reason, message, "");
    }

    private static Optional<URI> url(String text) {
        try {
            var url = URI.create(text);
            return "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String stripped(String url) {
        var lower = url.toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
