package dev.acme53.issuer;

import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.RegisteredAccount;
import dev.acme53.acme.Registration;
import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.EventReasons;
import dev.acme53.api.Reasons;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Gets an issuer its account at the CA, with the contact that it asks for. Blocks; safe to repeat.
final class Registrar {
    private final AcmeAccounts accounts;

    Registrar(AcmeAccounts accounts) {
        this.accounts = accounts;
    }

    /// What came of it.
    sealed interface Registered {
        record Done(AcmeAccountStatus account) implements Registered {}

        /// It did not.
        /// @param isFinal whether only a change of the issuer or its Secrets helps
        /// @param event reason of the Warning event
        record Failed(String reason, String message, String event, boolean isFinal, Optional<Instant> notBefore)
                implements Registered {}
    }

    /// @param lastEmail the contact registered so far by status; empty when none is known
    Registered register(AcmeIssuer acme, IssuerStep.Register step, String lastEmail) {
        var server = new AcmeServer(
                step.server(),
                acme.caBundle().isEmpty()
                        ? Optional.empty()
                        : Optional.of(acme.caBundle().text()),
                acme.skipTLSVerify());
        var email = Optional.of(acme.email().toLowerCase(Locale.ROOT)).filter(e -> !e.isEmpty());
        var result = accounts.register(server, step.key().pair(), new Registration(email, step.eab()));
        return switch (result) {
            case AcmeResult.Refused<RegisteredAccount> refused ->
                failed(
                        Reasons.Issuer.ERR_REGISTER_ACCOUNT,
                        "Failed to register ACME account: ",
                        EventReasons.Issuer.ERR_INIT_ISSUER,
                        refused.failure());
            case AcmeResult.Answer<RegisteredAccount> answer ->
                contacted(acme, step, server, answer.value(), email, lastEmail);
        };
    }

    /// Some CAs show no contacts: then what status knows of the same account is compared.
    private Registered contacted(
            AcmeIssuer acme,
            IssuerStep.Register step,
            AcmeServer server,
            RegisteredAccount account,
            Optional<String> wanted,
            String lastEmail) {
        var isKnown = step.known().filter(account.url()::equals).isPresent();
        var shown = account.email()
                .or(() -> isKnown ? Optional.of(lastEmail).filter(e -> !e.isEmpty()) : wanted)
                .map(e -> e.toLowerCase(Locale.ROOT));
        if (!shown.equals(wanted)
                && accounts.updateEmail(server, step.key().pair(), account.url(), wanted)
                        instanceof AcmeResult.Refused<RegisteredAccount> refused) {
            return failed(
                    Reasons.Issuer.ERR_UPDATE_ACCOUNT,
                    "Failed to update ACME account: ",
                    EventReasons.Issuer.ERR_UPDATE_ACCOUNT,
                    refused.failure());
        }
        return new Registered.Done(new AcmeAccountStatus(
                account.url().toString(), acme.email(), step.key().hash()));
    }

    private static Registered.Failed failed(String reason, String prefix, String event, AcmeFailure failure) {
        return switch (failure) {
            case AcmeFailure.Transient t ->
                new Registered.Failed(reason, prefix + t.message(), event, false, t.retryAfter());
            case AcmeFailure.RateLimited r ->
                new Registered.Failed(reason, prefix + r.message(), event, false, r.retryAfter());
            case AcmeFailure.ActionRequired a ->
                new Registered.Failed(
                        reason, prefix + a.message() + ": visit " + a.instance(), event, false, Optional.empty());
            case AcmeFailure.Problem p ->
                new Registered.Failed(reason, prefix + p.message(), event, true, Optional.empty());
            case AcmeFailure.NotSent n ->
                new Registered.Failed(reason, prefix + n.message(), event, true, Optional.empty());
        };
    }
}
