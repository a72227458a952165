package dev.acme53.issuer;

import dev.acme53.issuer.Registrar.Registered;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.Retries;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// What is being asked of CAs for issuers, and what they refused last.
///
/// A refusal is remembered, so that a reconcile for another cause does not ask the CA again too early. After a
/// restart it is asked once more.
final class Attempts {
    /// A CA's final no may have a cause that no object here shows: an account that was locked there, say.
    private static final Duration AGAIN_AFTER_A_NO = Duration.ofHours(1);

    private final Registrar registrar;
    private final Errands errands;
    private final InstantSource clock;
    private final Retries retries;
    private final Map<ResourceID, FailedAttempt> failed = new ConcurrentHashMap<>();
    private final Map<ResourceID, Asked> asked = new ConcurrentHashMap<>();

    Attempts(Registrar registrar, Errands errands, InstantSource clock, RandomGenerator random) {
        this.registrar = registrar;
        this.errands = errands;
        this.clock = clock;
        this.retries = new Retries(Duration.ofSeconds(5), Duration.ofMinutes(5), random);
    }

    /// What a CA is being asked, and the name of its errand.
    private record Asked(AccountWish wish, String errand) {}

    /// The CA's answer; empty while it is being asked.
    Optional<Registered> ask(ResourceID issuer, IssuerStep.Register step, String lastEmail) {
        return errands.ask(issuer, errand(issuer, step), () -> registrar.register(step, lastEmail));
    }

    /// Ends the question of `step`: its answer is in status. Until then the answer can be given back.
    void answered(ResourceID issuer) {
        asked.remove(issuer);
    }

    /// Keeps an answer that could not be put into status.
    void giveBack(ResourceID issuer, IssuerStep.Register step, Registered answer) {
        errands.giveBack(issuer, errand(issuer, step), answer);
    }

    /// Another wish is another errand; the answer to the earlier one is dropped.
    private String errand(ResourceID issuer, IssuerStep.Register step) {
        return asked.compute(
                        issuer,
                        (_, before) -> before != null && before.wish.equals(step.wish())
                                ? before
                                : new Asked(step.wish(), "account " + clock.instant()))
                .errand;
    }

    /// The last refusal since the issuer was settled.
    Optional<FailedAttempt> last(ResourceID issuer) {
        return Optional.ofNullable(failed.get(issuer));
    }

    /// Remembers a refusal.
    ///
    /// @return how long to wait before the same is asked again
    Duration refused(ResourceID issuer, AccountWish wish, Registered.Failed failure) {
        var now = clock.instant();
        var wait = failure.isFinal() ? AGAIN_AFTER_A_NO : retry(issuer);
        var until = failure.notBefore().filter(now.plus(wait)::isBefore).orElse(now.plus(wait));
        failed.put(issuer, new FailedAttempt(wish, failure, until));
        return Duration.between(now, until);
    }

    /// How long to wait after a failure that has nothing to do with a CA.
    Duration retry(ResourceID issuer) {
        return retries.next(issuer);
    }

    /// Ends the back-off and forgets the last refusal: the issuer has its account, or needs something else
    /// first.
    void settled(ResourceID issuer) {
        retries.reset(issuer);
        failed.remove(issuer);
    }

    /// Drops all that is remembered about an issuer that is gone.
    void forget(ResourceID issuer) {
        settled(issuer);
        asked.remove(issuer);
        errands.forget(issuer);
    }
}
