package dev.acme53.order;

import dev.acme53.api.Challenge;
import java.util.List;

/// What to do next for an Order (behaviour.md §3.1).
///
/// Other than there, an order that is `ready`, `processing` or `valid` goes on whatever its Challenges look
/// like: its authorizations are all valid, so there is nothing left to prove. And a Challenge whose solver
/// changed goes before the one that replaces it is made: both have the same record, which the first cleans up.
sealed interface OrderStep {
    /// Nothing will ever be done again (row 1, and row 6 when it is done).
    record Rest() implements OrderStep {}

    /// The order cannot go on before its issuer changes.
    record AwaitIssuer(String reason) implements OrderStep {}

    /// The order can never succeed, for a reason that the CA need not be asked for.
    record GiveUp(String reason) implements OrderStep {}

    /// Row 2: there is no order at the CA yet.
    record PlaceOrder(Identifiers.Named identifiers) implements OrderStep {}

    /// Row 3: only the order's URL is known.
    record ReadOrder() implements OrderStep {}

    /// Row 4: some authorizations were not read yet.
    /// @param urls theirs
    record ReadAuthorizations(List<String> urls) implements OrderStep {
        public ReadAuthorizations {
            urls = List.copyOf(urls);
        }
    }

    /// Row 7: Challenges are missing.
    record CreateChallenges(List<RequiredChallenge> missing) implements OrderStep {
        public CreateChallenges {
            missing = List.copyOf(missing);
        }
    }

    /// Row 7, when no solver of the issuer fits.
    record NoSolver(String domain) implements OrderStep {}

    /// Row 7, when the solver that fits is none of ours; nothing is created.
    record SolverNotServed(RequiredChallenge challenge) implements OrderStep {}

    /// Rows 6 and 8.
    record DeleteChallenges(List<Challenge> challenges) implements OrderStep {
        public DeleteChallenges {
            challenges = List.copyOf(challenges);
        }
    }

    /// Row 10: some Challenges are under way.
    record AwaitChallenges() implements OrderStep {}

    /// Row 11: a Challenge failed, so the CA is asked what became of the order.
    /// @param failed by name
    record Judge(List<Challenge> failed) implements OrderStep {
        public Judge {
            failed = List.copyOf(failed);
        }
    }

    /// Rows 5, 9, 12 and 13: all is proven, so the CA is to make the certificate, and to hand it over.
    record FinalizeOrder() implements OrderStep {}
}
