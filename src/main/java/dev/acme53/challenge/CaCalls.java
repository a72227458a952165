package dev.acme53.challenge;

import dev.acme53.account.AccountLogins;
import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AuthorizationView;
import dev.acme53.acme.OfferedChallenge;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Challenge;
import dev.acme53.api.State;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/// A Challenge's calls to its CA (behaviour.md §4.2 row 6, §4.4). All block, all may be repeated.
final class CaCalls {
    private final AccountLogins logins;

    CaCalls(AccountLogins logins) {
        this.logins = logins;
    }

    /// How the CA has the challenge now; the authorization is asked, never the challenge's own URL.
    Outcome standing(Challenge challenge, AnyIssuer issuer) {
        return as(challenge, issuer, (account, urls) -> switch (account.authorization(urls.authorization)) {
            case AcmeResult.Refused<AuthorizationView> refused -> refused(refused.failure());
            case AcmeResult.Answer<AuthorizationView> answer ->
                ours(answer.value(), urls)
                        .<Outcome>map(CaCalls::standing)
                        .orElseGet(() -> new Outcome.Ended(
                                State.ERRORED, "the CA's authorization does not offer this challenge: spec.url"));
        });
    }

    /// Tells the CA to look.
    /// @param offered whether the CA has shown the challenge as pending, so that it need not be read before; should
    /// the CA refuse it then, it is read
    Outcome accept(Challenge challenge, AnyIssuer issuer, boolean offered) {
        return as(challenge, issuer, (account, urls) -> {
            var result = Optional.of(urls.challenge)
                    .filter(_ -> offered)
                    .map(account::acceptPending)
                    .filter(answer -> answer.problem().isEmpty())
                    .orElseGet(() -> account.accept(urls.authorization, urls.challenge));
            return switch (result) {
                case AcmeResult.Refused<OfferedChallenge> refused -> refused(refused.failure());
                case AcmeResult.Answer<OfferedChallenge> answer -> result(answer.value(), answer.retryAfter());
            };
        });
    }

    /// Whether the CA has looked, and what it saw.
    Outcome result(Challenge challenge, AnyIssuer issuer) {
        return as(challenge, issuer, (account, urls) -> switch (account.authorization(urls.authorization)) {
            case AcmeResult.Refused<AuthorizationView> refused -> refused(refused.failure());
            case AcmeResult.Answer<AuthorizationView> answer -> result(answer.value(), urls, answer.retryAfter());
        });
    }

    private static Outcome result(AuthorizationView authorization, Urls urls, Optional<Instant> retryAfter) {
        return switch (authorization.status()) {
            case "valid" -> new Outcome.Proven();
            case "pending" ->
                ours(authorization, urls)
                        .map(c -> result(c, retryAfter))
                        .orElseGet(() -> new Outcome.Validating(retryAfter));
            case "expired" -> new Outcome.Ended(State.EXPIRED, "the CA's authorization has expired");
            default ->
                new Outcome.Disproven(ours(authorization, urls)
                        .flatMap(OfferedChallenge::error)
                        .orElse("the CA's authorization is " + authorization.status()));
        };
    }

    private static Outcome result(OfferedChallenge challenge, Optional<Instant> retryAfter) {
        return switch (challenge.status()) {
            case "valid" -> new Outcome.Proven();
            case "invalid" -> new Outcome.Disproven(challenge.error().orElse("the CA gives no reason"));
            default -> new Outcome.Validating(retryAfter);
        };
    }

    private static Outcome standing(OfferedChallenge challenge) {
        return switch (challenge.status()) {
            case "valid" -> new Outcome.Standing(State.VALID, "");
            case "processing" -> new Outcome.Standing(State.PROCESSING, "");
            case "invalid" ->
                new Outcome.Standing(State.INVALID, challenge.error().orElse("the CA gives no reason"));
            default -> new Outcome.Standing(State.PENDING, "");
        };
    }

    private static Optional<OfferedChallenge> ours(AuthorizationView authorization, Urls urls) {
        return authorization.challenges().stream()
                .filter(c -> c.url().equals(urls.challenge))
                .findFirst();
    }

    private static Outcome refused(AcmeFailure failure) {
        return switch (failure) {
            case AcmeFailure.Transient t -> new Outcome.Failed(t.message(), "", t.retryAfter());
            case AcmeFailure.RateLimited r -> new Outcome.Failed(r.message(), "", r.retryAfter());
            case AcmeFailure.ActionRequired a ->
                new Outcome.Failed(a.message() + ": visit " + a.instance(), "", Optional.empty());
            case AcmeFailure.Problem p ->
                new Outcome.Ended(p.type().equals("malformed") ? State.EXPIRED : State.ERRORED, p.message());
            case AcmeFailure.NotSent n -> new Outcome.Ended(State.ERRORED, n.message());
        };
    }

    private Outcome as(Challenge challenge, AnyIssuer issuer, BiFunction<AcmeAccount, Urls, Outcome> call) {
        Urls urls;
        try {
            urls = new Urls(
                    URI.create(challenge.getSpec().authorizationURL()),
                    URI.create(challenge.getSpec().url()));
        } catch (IllegalArgumentException e) {
            return new Outcome.Ended(State.ERRORED, "spec.url or spec.authorizationURL is not a URL");
        }
        return switch (logins.login(issuer)) {
            case AccountLogins.Login.NotReady notReady -> new Outcome.Failed(notReady.reason(), "", Optional.empty());
            case AccountLogins.Login.Ready ready -> call.apply(ready.account(), urls);
        };
    }

    private record Urls(URI authorization, URI challenge) {}
}
