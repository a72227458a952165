package dev.acme53.api;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How well a solver's selector matches a name (behaviour.md §3.4); of several solvers the greatest is taken, of equals
/// the first in the list. A match of `dnsNames` is more than none, then a longer matching zone, then more labels.
public record SelectorMatch(boolean named, int zoneLabels, int matchingLabels) implements Comparable<SelectorMatch> {
    private static final SelectorMatch OF_ALL = new SelectorMatch(false, 0, 0);

    private static final Comparator<SelectorMatch> ORDER = Comparator.comparing(SelectorMatch::named)
            .thenComparingInt(SelectorMatch::zoneLabels)
            .thenComparingInt(SelectorMatch::matchingLabels);

    /// The match of a selector; empty when a part of it does not match.
    ///
    /// @param domain the name, a wildcard with `*.`
    /// @param labels what `matchLabels` is compared with
    public static Optional<SelectorMatch> of(
            @Nullable SolverSelector selector, String domain, Map<String, String> labels) {
        if (selector == null) {
            return Optional.of(OF_ALL);
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
                new SelectorMatch(named, zone.orElse(0), selector.matchLabels().size()));
    }

    /// The solver of the greatest match, of equals the first; empty when none matches.
    ///
    /// @param domain the name, a wildcard with `*.`
    /// @param labels what `matchLabels` is compared with
    public static Optional<Solver> best(List<Solver> solvers, String domain, Map<String, String> labels) {
        Optional<Solver> best = Optional.empty();
        Optional<SelectorMatch> greatest = Optional.empty();
        for (var solver : solvers) {
            var match = of(solver.selector(), domain, labels);
            var before = greatest;
            if (match.isPresent()
                    && before.filter(b -> match.get().compareTo(b) <= 0).isEmpty()) {
                best = Optional.of(solver);
                greatest = match;
            }
        }
        return best;
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

    @Override
    public int compareTo(SelectorMatch other) {
        return ORDER.compare(this, other);
    }
}
