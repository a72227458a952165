package dev.acme53.issuer;

import dev.acme53.account.AccountKeys;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.Eab;
import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.EventReasons;
import dev.acme53.api.Reasons;
import dev.acme53.reconcile.StageContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Sets one issuer up: reads its Secrets, makes the account key, registers. Blocks; safe to repeat.
final class AccountSetup {
    private final AccountKeys keys;
    private final IssuerSecrets secrets;
    private final Registrar registrar;
    private final Map<String, Attempt> refused = new ConcurrentHashMap<>();

    AccountSetup(StageContext context, AccountKeys keys, AcmeAccounts accounts) {
        this.keys = keys;
        this.secrets = new IssuerSecrets(context, keys);
        this.registrar = new Registrar(accounts);
    }

    /// What a CA has refused for good: it is not asked the same again until something of it changes.
    private record Attempt(@Nullable Long generation, String keyHash, Optional<Eab> eab, Result.NotReady result) {
        boolean isSame(@Nullable Long now, IssuerStep.Register step) {
            return java.util.Objects.equals(generation, now)
                    && keyHash.equals(step.key().hash())
                    && eab.equals(step.eab());
        }
    }

    /// What an issuer's status is to say.
    sealed interface Result {
        record Ready(AcmeAccountStatus account) implements Result {}

        /// Not ready.
        /// @param account as it is to be kept in status
        /// @param event reason of the Warning event, when it is news; empty for none
        /// @param isFinal whether only a change of a Secret or the issuer helps
        /// @param notBefore when the CA wishes to be asked again
        record NotReady(
                String reason,
                String message,
                AcmeAccountStatus account,
                String event,
                boolean isFinal,
                Optional<Instant> notBefore)
                implements Result {}
    }

    Result run(AnyIssuer issuer, AcmeIssuer acme) {
        var account = Optional.ofNullable(issuer.statusOrEmpty().acme()).orElseGet(AcmeAccountStatus::empty);
        return switch (IssuerDecision.next(issuer, acme, secrets.of(issuer, acme))) {
            case IssuerStep.Keep _ -> new Result.Ready(account);
            case IssuerStep.Refuse refuse ->
                new Result.NotReady(refuse.reason(), refuse.message(), account, refuse.event(), true, Optional.empty());
            case IssuerStep.Register register -> register(issuer, acme, account, register);
            case IssuerStep.GenerateKey _ -> {
                keys.generate(issuer, acme);
                yield switch (IssuerDecision.next(issuer, acme, secrets.of(issuer, acme))) {
                    case IssuerStep.Register register -> register(issuer, acme, account.withUri(""), register);
                    case IssuerStep.Refuse refuse ->
                        new Result.NotReady(
                                refuse.reason(),
                                refuse.message(),
                                account.withUri(""),
                                refuse.event(),
                                true,
                                Optional.empty());
                    case IssuerStep.Keep _, IssuerStep.GenerateKey _ -> vanished(account);
                };
            }
        };
    }

    private static Result.NotReady vanished(AcmeAccountStatus account) {
        return new Result.NotReady(
                Reasons.Issuer.ERR_REGISTER_ACCOUNT,
                "Failed to register ACME account: the account key's Secret was just made and is gone again",
                account,
                EventReasons.Issuer.ERR_INIT_ISSUER,
                false,
                Optional.empty());
    }

    private Result register(AnyIssuer issuer, AcmeIssuer acme, AcmeAccountStatus account, IssuerStep.Register step) {
        var uid = issuer.getMetadata().getUid();
        var generation = issuer.getMetadata().getGeneration();
        var before = refused.get(uid);
        if (before != null && before.isSame(generation, step)) {
            return before.result;
        }
        refused.remove(uid);
        return switch (registrar.register(acme, step, account.lastRegisteredEmail())) {
            case Registrar.Registered.Done done -> new Result.Ready(done.account());
            case Registrar.Registered.Failed failed -> {
                var result = new Result.NotReady(
                        failed.reason(),
                        failed.message(),
                        step.known().isPresent() ? account : account.withUri(""),
                        failed.event(),
                        failed.isFinal(),
                        failed.notBefore());
                if (failed.isFinal()) {
                    refused.put(uid, new Attempt(generation, step.key().hash(), step.eab(), result));
                }
                yield result;
            }
        };
    }

    /// Drops what is remembered about an issuer that is gone.
    void forget(AnyIssuer issuer) {
        refused.remove(issuer.getMetadata().getUid());
    }
}
