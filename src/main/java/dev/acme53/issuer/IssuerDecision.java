package dev.acme53.issuer;

import dev.acme53.account.AccountKey;
import dev.acme53.account.NamedServer;
import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.Eab;
import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.EventReasons;
import dev.acme53.api.Reasons;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Decides the next step of an issuer (behaviour.md §5.1, in its order).
///
/// An account URL in status that is none, or is another host's or another key's, is taken for no account: the
/// issuer is registered anew, which mends it.
final class IssuerDecision {
    /// ACME before RFC 8555, gone since 2021.
    private static final Set<String> ACME_V1 = Set.of(
            "https://acme-v01.api.letsencrypt.org/directory", "https://acme-staging.api.letsencrypt.org/directory");

    private IssuerDecision() {}

    /// @param last the CA's last refusal, if it was not followed by an account
    static IssuerStep next(
            AnyIssuer issuer, AcmeIssuer acme, Findings findings, Optional<FailedAttempt> last, Instant now) {
        if (ACME_V1.contains(stripped(acme.server()))) {
            return new IssuerStep.Refuse(
                    Reasons.Issuer.INVALID_CONFIG,
                    "spec.acme.server is a directory of ACME v1, which no longer exists: name the CA's ACME v2"
                            + " directory",
                    EventReasons.Issuer.ERR_INIT_ISSUER);
        }
        return switch (findings.key()) {
            case AccountKey.NoSecret none ->
                acme.disableAccountKeyGeneration()
                        ? keyRefused("there is no Secret " + none.namespace() + "/" + none.name()
                                + ", and spec.acme.disableAccountKeyGeneration forbids making it: create it")
                        : new IssuerStep.GenerateKey();
            case AccountKey.Unusable unusable -> keyRefused(unusable.reason());
            case AccountKey.Found key -> withKey(issuer, acme, findings, key, last, now);
        };
    }

    private static IssuerStep withKey(
            AnyIssuer issuer,
            AcmeIssuer acme,
            Findings findings,
            AccountKey.Found key,
            Optional<FailedAttempt> last,
            Instant now) {
        if (findings.solverProblem().isPresent()) {
            return new IssuerStep.Refuse(
                    Reasons.Issuer.INVALID_SOLVER, findings.solverProblem().get(), EventReasons.Issuer.ERR_INIT_ISSUER);
        }
        var server = NamedServer.of(acme);
        if (server.isEmpty()) {
            return new IssuerStep.Refuse(
                    Reasons.Issuer.INVALID_URL, NamedServer.fault(acme.server()), EventReasons.Issuer.INVALID_URL);
        }
        var account = Optional.ofNullable(issuer.statusOrEmpty().acme()).orElseGet(AcmeAccountStatus::empty);
        var known = known(account, server.get(), key);
        if (issuer.hasReady()
                && known.isPresent()
                && account.lastRegisteredEmail().equals(acme.email())) {
            return new IssuerStep.Keep();
        }
        return switch (findings.binding()) {
            case Findings.Binding.Wrong wrong ->
                new IssuerStep.Refuse(
                        Reasons.Issuer.ERR_REGISTER_ACCOUNT, wrong.text(), EventReasons.Issuer.ERR_REGISTER_ACCOUNT);
            case Findings.Binding.None _ -> ask(issuer, acme, server.get(), key, Optional.empty(), known, last, now);
            case Findings.Binding.Usable usable ->
                ask(issuer, acme, server.get(), key, Optional.of(usable.eab()), known, last, now);
        };
    }

    private static IssuerStep ask(
            AnyIssuer issuer,
            AcmeIssuer acme,
            AcmeServer server,
            AccountKey.Found key,
            Optional<Eab> eab,
            Optional<URI> known,
            Optional<FailedAttempt> last,
            Instant now) {
        var wish = new AccountWish(
                server, key.hash(), acme.email(), eab, issuer.getMetadata().getGeneration());
        return last.filter(attempt -> attempt.wish().equals(wish))
                .filter(attempt -> attempt.notBefore().isAfter(now))
                .<IssuerStep>map(attempt -> new IssuerStep.Wait(attempt.failure(), known, attempt.notBefore()))
                .orElseGet(() -> new IssuerStep.Register(wish, key, known));
    }

    private static Optional<URI> known(AcmeAccountStatus account, AcmeServer server, AccountKey.Found key) {
        return NamedServer.https(account.uri())
                .filter(url -> url.getHost().equalsIgnoreCase(server.directory().getHost()))
                .filter(_ -> account.lastPrivateKeyHash().equals(key.hash()));
    }

    private static IssuerStep keyRefused(String why) {
        return new IssuerStep.Refuse(
                Reasons.Issuer.ERR_VERIFY_ACCOUNT,
                "the account key cannot be used: " + why,
                EventReasons.Issuer.ERR_INIT_ISSUER);
    }

    private static String stripped(String url) {
        var lower = url.toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
