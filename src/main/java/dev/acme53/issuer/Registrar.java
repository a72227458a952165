package dev.acme53.issuer;

import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.RegisteredAccount;
import dev.acme53.acme.Registration;
import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.api.EventReasons;
import dev.acme53.api.Reasons;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Gets an issuer its account at the CA, with the contact that it asks for. Blocks; safe to repeat.
record Registrar(AcmeAccounts accounts) {
    /// What came of it.
    sealed interface Registered {
        /// There is an account, with the contact asked for.
        ///
        /// @param account as status is to have it
        record Done(AcmeAccountStatus account) implements Registered {}

        /// There is none, or its contact is not the one asked for.
        ///
        /// @param event reason of the Warning event
        /// @param isFinal whether only a change of the issuer or its Secrets is likely to help
        /// @param notBefore when the CA wishes to be asked again
        record Failed(String reason, String message, String event, boolean isFinal, Optional<Instant> notBefore)
                implements Registered {}
    }

    /// @param lastEmail the contact registered last for the known account; empty when there was none
    Registered register(IssuerStep.Register step, String lastEmail) {
        var wish = step.wish();
        var email = email(wish.email());
        var result = accounts.register(wish.server(), step.key().pair(), new Registration(email, wish.eab()));
        return switch (result) {
            case AcmeResult.Refused<RegisteredAccount> refused ->
                failed(
                        Reasons.Issuer.ERR_REGISTER_ACCOUNT,
                        "the ACME account cannot be registered: ",
                        EventReasons.Issuer.ERR_REGISTER_ACCOUNT,
                        refused.failure());
            case AcmeResult.Answer<RegisteredAccount> answer -> {
                var account = answer.value();
                if (!account.created() && !contact(step, account, lastEmail).equals(email)) {
                    yield update(step, account, email);
                }
                yield done(step, account);
            }
        };
    }

    private Registered update(IssuerStep.Register step, RegisteredAccount account, Optional<String> email) {
        var result = accounts.updateEmail(step.wish().server(), step.key().pair(), account.url(), email);
        return switch (result) {
            case AcmeResult.Refused<RegisteredAccount> refused ->
                failed(
                        Reasons.Issuer.ERR_UPDATE_ACCOUNT,
                        "the email of the ACME account cannot be changed: ",
                        EventReasons.Issuer.ERR_UPDATE_ACCOUNT,
                        refused.failure());
            case AcmeResult.Answer<RegisteredAccount> _ -> done(step, account);
        };
    }

    /// Some CAs show no contacts: then what status says of the same account counts.
    private static Optional<String> contact(IssuerStep.Register step, RegisteredAccount account, String lastEmail) {
        return account.email()
                .map(shown -> shown.toLowerCase(Locale.ROOT))
                .or(() -> step.known().filter(account.url()::equals).flatMap(_ -> email(lastEmail)));
    }

    private static Optional<String> email(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT)).filter(e -> !e.isEmpty());
    }

    private static Registered done(IssuerStep.Register step, RegisteredAccount account) {
        return new Registered.Done(new AcmeAccountStatus(
                account.url().toString(), step.wish().email(), step.key().hash()));
    }

    /// @param event of a failure that lasts; one that time may heal has the event of the peer's retries
    private static Registered failed(String reason, String prefix, String event, AcmeFailure failure) {
        var message = prefix + failure.message();
        return switch (failure) {
            case AcmeFailure.Transient later -> retried(reason, message, event, later.retryAfter());
            case AcmeFailure.RateLimited later -> retried(reason, message, event, later.retryAfter());
            case AcmeFailure.ActionRequired person ->
                retried(reason, message + "; visit " + person.instance(), event, Optional.empty());
            case AcmeFailure.Problem _, AcmeFailure.NotSent _ ->
                new Registered.Failed(reason, message, event, true, Optional.empty());
        };
    }

    private static Registered retried(String reason, String message, String event, Optional<Instant> notBefore) {
        var retrying =
                event.equals(EventReasons.Issuer.ERR_REGISTER_ACCOUNT) ? EventReasons.Issuer.ERR_INIT_ISSUER : event;
        return new Registered.Failed(reason, message, retrying, false, notBefore);
    }
}
