package dev.acme53.order;

import dev.acme53.api.Authorization;
import dev.acme53.api.ChallengeType;
import dev.acme53.api.OfferedChallenge;
import dev.acme53.api.SelectorMatch;
import dev.acme53.api.Solver;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which of an issuer's solvers proves an authorization, and by which of the challenges that the CA offers
/// (behaviour.md §3.4).
///
/// The solver with the greatest [SelectorMatch] is taken, of equals the first in the list.
record SolverSelection(Solver solver, ChallengeType type, OfferedChallenge challenge) {

    /// The selection for `authorization`; empty when no solver has both a matching selector and a challenge that
    /// the CA offers.
    ///
    /// @param orderLabels what `matchLabels` is compared with
    static Optional<SolverSelection> of(
            List<Solver> solvers, Authorization authorization, Map<String, String> orderLabels) {
        var able = solvers.stream()
                .filter(solver -> selection(solver, authorization).isPresent())
                .toList();
        return SelectorMatch.best(able, domain(authorization), orderLabels)
                .flatMap(solver -> selection(solver, authorization));
    }

    /// What an authorization is for, as selectors name it: wildcards with `*.`.
    static String domain(Authorization authorization) {
        return Boolean.TRUE.equals(authorization.wildcard())
                ? "*." + authorization.identifier()
                : authorization.identifier();
    }

    private static Optional<SolverSelection> selection(Solver solver, Authorization authorization) {
        return Stream.of(ChallengeType.DNS_01, ChallengeType.HTTP_01)
                .filter(solver::solves)
                .flatMap(type -> authorization.challenges().stream()
                        .filter(offered -> offered.type().equals(type.text().toLowerCase(Locale.ROOT)))
                        .map(offered -> new SolverSelection(solver, type, offered)))
                .findFirst();
    }
}
