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
        var domain = domain(authorization);
        Optional<Scored> best = Optional.empty();
        for (var solver : solvers) {
            var candidate = selection(solver, authorization)
                    .flatMap(s -> SelectorMatch.of(solver.selector(), domain, orderLabels)
                            .map(match -> new Scored(s, match)));
            if (candidate.isPresent()
                    && best.filter(b -> !candidate.get().beats(b)).isEmpty()) {
                best = candidate;
            }
        }
        return best.map(Scored::selection);
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

    /// A solver that matches, and how well.
    private record Scored(SolverSelection selection, SelectorMatch match) {
        boolean beats(Scored earlier) {
            return match.compareTo(earlier.match) > 0;
        }
    }
}
