package dev.acme53.challenge;

import dev.acme53.reconcile.Errands;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// The calls of Challenges, by what they wait for (ADR 21).
///
/// @param answers those that a CA, DNS, Route 53 or the API server answers by itself
/// @param company those that put a wish into a lane, where it waits for a batch: many have to come there together
record ChallengeErrands(Errands answers, Errands company) {
    private static final int ANSWERS = 1000;

    /// So much is asked for one namespace before it is another's turn. More would not be faster: of a CA an account is
    /// asked eight things at a time.
    private static final int ANSWERS_FOR_ONE = 64;

    /// They run for as long as a place is looked for and no longer, so the bound is there for the memory only.
    private static final int COMPANY = 5000;

    private static final int COMPANY_FOR_ONE = 4500;

    static ChallengeErrands of(InstantSource clock) {
        return new ChallengeErrands(
                Errands.waiting("challenges", ANSWERS, ANSWERS_FOR_ONE, clock),
                Errands.waiting("records", COMPANY, COMPANY_FOR_ONE, clock));
    }

    List<Errands> all() {
        return List.of(answers, company);
    }

    void wakeBy(Consumer<ResourceID> wake) {
        all().forEach(errands -> errands.wakeBy(wake));
    }

    void forget(ResourceID challenge) {
        all().forEach(errands -> errands.forget(challenge));
    }
}
