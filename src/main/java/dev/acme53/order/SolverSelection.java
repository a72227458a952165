package dev.acme53.order;

import dev.acme53.api.Authorization;
import dev.acme53.api.ChallengeType;
import dev.acme53.api.OfferedChallenge;
import dev.acme53.api.Solver;
import dev.acme53.api.SolverSelector;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which of an issuer's solvers proves an authorization, and by which of the challenges that the CA offers
/// (behaviour.md §3.4).
///
/// The solver with the best score is taken: a match of `dnsNames` before none, then the longer matching zone,
/// then more matching labels; of equals the first in the list.
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
                    .flatMap(s -> score(solver.selector(), domain, orderLabels).map(score -> new Scored(s, score)));
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

    /// Empty when a part of the selector does not match.
    private static Optional<Score> score(@Nullable SolverSelector selector, String domain, Map<String, String> labels) {
        if (selector == null) {
            return Optional.of(Score.NONE);
        }
        if (!labels.entrySet().containsAll(selector.matchLabels().entrySet())) {
            return Optional.empty();
        }
        var named = selector.dnsNames().contains(domain);
        if (!named && !selector.dnsNames().isEmpty()) {
            return Optional.empty();
        }
        var zone = selector.dnsZones().stream()
                .mapToInt(z -> matchingLabels(z, domain))
                .max();
        if (zone.isPresent() && zone.getAsInt() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Score(named, zone.orElse(0), selector.matchLabels().size()));
    }

    /// The number of labels of `zone` when all of them are the rightmost ones of `domain`, else 0.
    private static int matchingLabels(String zone, String domain) {
        var zoneLabels = labels(zone);
        var domainLabels = labels(domain);
        var surplus = domainLabels.size() - zoneLabels.size();
        return surplus >= 0
                        && domainLabels.subList(surplus, domainLabels.size()).equals(zoneLabels)
                ? zoneLabels.size()
                : 0;
    }

    private static List<String> labels(String name) {
        var relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return relative.isEmpty()
                ? List.of()
                : List.of(relative.toLowerCase(Locale.ROOT).split("\\.", -1));
    }

    /// A solver that matches, and how well.
    private record Scored(SolverSelection selection, Score score) {
        boolean beats(Scored earlier) {
            return score.compareTo(earlier.score) > 0;
        }
    }

    /// How well a selector matches.
    private record Score(boolean named, int zoneLabels, int matchingLabels) implements Comparable<Score> {
        static final Score NONE = new Score(false, 0, 0);

        private static final Comparator<Score> ORDER = Comparator.comparing(Score::named)
                .thenComparingInt(Score::zoneLabels)
                .thenComparingInt(Score::matchingLabels);

        @Override
        public int compareTo(Score other) {
            return ORDER.compare(this, other);
        }
    }
}
