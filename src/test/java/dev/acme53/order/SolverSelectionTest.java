package dev.acme53.order;

import static dev.acme53.order.AnOrder.authorization;
import static dev.acme53.order.AnOrder.cloudDns;
import static dev.acme53.order.AnOrder.http01;
import static dev.acme53.order.AnOrder.solver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Authorization;
import dev.acme53.api.ChallengeType;
import dev.acme53.api.Solver;
import dev.acme53.api.SolverSelector;
import dev.acme53.api.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// behaviour.md §3.4, a row for each sentence.
class SolverSelectionTest {
    private static final Map<String, String> LABELS = Map.of("team", "a", "env", "prod");
    private static final int NONE = -1;

    @ParameterizedTest(name = "{0}")
    @MethodSource("sentences")
    void theSolverIs(String sentence, Authorization authorization, List<Solver> solvers, int expected) {
        var selected = SolverSelection.of(solvers, authorization, LABELS);
        assertThat(selected.map(s -> indexOf(s.solver(), solvers)).orElse(NONE)).isEqualTo(expected);
    }

    static Stream<Arguments> sentences() {
        var apex = authorization("example.com");
        var deep = authorization("a.b.example.com");
        var wild = authorization("*.example.com");
        return Stream.of(
                // 1. the type must be offered
                row("no solvers, no selection", apex, NONE),
                row(
                        "a solver whose type is not offered is skipped",
                        authorization("example.com", State.PENDING, "http-01"),
                        NONE,
                        solver(null)),
                row(
                        "the next one whose type is offered is taken",
                        authorization("example.com", State.PENDING, "http-01"),
                        1,
                        solver(null),
                        http01(null)),
                row(
                        "other types are ignored",
                        authorization("example.com", State.PENDING, "tls-alpn-01"),
                        NONE,
                        solver(null),
                        http01(null)),
                row(
                        "a better selector does not help a type that is not offered",
                        authorization("example.com", State.PENDING, "http-01"),
                        1,
                        solver(names("example.com")),
                        http01(null)),
                row("a solver of no type is skipped", apex, 1, new Solver(null, null, null, null, null), solver(null)),
                // 2. no selector
                row("no selector: taken when nothing is selected yet", apex, 0, solver(null)),
                row(
                        "no selector: not taken over an earlier one without selector",
                        apex,
                        0,
                        solver(null),
                        cloudDns(null)),
                row(
                        "no selector: not taken over an earlier one with an empty selector",
                        apex,
                        0,
                        solver(names()),
                        solver(null)),
                row("no selector: loses to any later match", apex, 1, solver(null), solver(labels("team", "a"))),
                row("no selector: not taken over an earlier match", apex, 0, solver(labels("team", "a")), solver(null)),
                // 3. all parts must match, an empty part matches
                row("an empty selector matches", apex, 0, solver(names())),
                row("an empty selector is no better than none", apex, 0, solver(null), solver(names())),
                row("labels: every pair must be on the Order", apex, NONE, solver(labels("team", "a", "env", "test"))),
                row("labels: all pairs there", apex, 0, solver(labels("team", "a", "env", "prod"))),
                row("labels: a key that is not there", apex, NONE, solver(labels("zone", ""))),
                row("names: equal", apex, 0, solver(names("other.com", "example.com"))),
                row("names: none equal", apex, NONE, solver(names("other.com"))),
                row("names: a subdomain is not equal", deep, NONE, solver(names("example.com"))),
                row("names: case counts", apex, NONE, solver(names("Example.com"))),
                row("names: a wildcard must be listed as *.x", wild, 0, solver(names("*.example.com"))),
                row("names: the name below the wildcard is not enough", wild, NONE, solver(names("example.com"))),
                row(
                        "names: a listed wildcard does not match names in it",
                        authorization("a.example.com"),
                        NONE,
                        solver(names("*.example.com"))),
                row("zones: the zone itself counts", apex, 0, solver(zones("example.com"))),
                row("zones: names below", deep, 0, solver(zones("example.com"))),
                row("zones: *.zone counts", wild, 0, solver(zones("example.com"))),
                row("zones: whole labels only", authorization("badexample.com"), NONE, solver(zones("example.com"))),
                row("zones: a zone below the name does not match", apex, NONE, solver(zones("a.example.com"))),
                row("zones: case does not count", deep, 0, solver(zones("EXAMPLE.com"))),
                row("zones: an empty zone matches nothing", apex, NONE, solver(zones(""))),
                row(
                        "two parts: both match",
                        apex,
                        0,
                        solver(new SolverSelector(Map.of("team", "a"), List.of("example.com"), List.of("com")))),
                row(
                        "two parts: labels do not match",
                        apex,
                        NONE,
                        solver(new SolverSelector(Map.of("team", "b"), List.of("example.com"), null))),
                row(
                        "two parts: names do not match",
                        apex,
                        NONE,
                        solver(new SolverSelector(null, List.of("other.com"), List.of("com")))),
                row(
                        "two parts: zones do not match",
                        apex,
                        NONE,
                        solver(new SolverSelector(null, List.of("example.com"), List.of("org")))),
                // 4. the better one
                row(
                        "a name beats the longest zone, later",
                        deep,
                        1,
                        solver(zones("a.b.example.com")),
                        solver(names("a.b.example.com"))),
                row(
                        "a name beats the longest zone, earlier",
                        deep,
                        0,
                        solver(names("a.b.example.com")),
                        solver(zones("a.b.example.com"))),
                row(
                        "a longer zone beats a shorter one",
                        deep,
                        1,
                        solver(zones("example.com")),
                        solver(zones("b.example.com"))),
                row(
                        "the longest of a solver's zones is its score",
                        deep,
                        1,
                        solver(zones("example.com")),
                        solver(zones("com", "b.example.com", "org"))),
                row(
                        "a longer zone beats more labels",
                        deep,
                        1,
                        solver(new SolverSelector(LABELS, null, List.of("com"))),
                        solver(zones("example.com"))),
                row(
                        "both named: the longer zone wins",
                        deep,
                        1,
                        solver(names("a.b.example.com")),
                        solver(new SolverSelector(null, List.of("a.b.example.com"), List.of("com")))),
                row(
                        "same zone: more labels win",
                        deep,
                        1,
                        solver(new SolverSelector(Map.of("team", "a"), null, List.of("com"))),
                        solver(new SolverSelector(LABELS, null, List.of("com")))),
                row(
                        "a tie: the earlier one stays",
                        deep,
                        0,
                        solver(zones("example.com")),
                        cloudDns(zones("Example.com"))));
    }

    @Test
    void theChallengeIsTheOfferedOneOfTheSolversType() {
        var selected = SolverSelection.of(List.of(solver(null)), authorization("*.example.com"), Map.of())
                .orElseThrow();
        assertThat(selected.type()).isEqualTo(ChallengeType.DNS_01);
        assertThat(selected.challenge().url()).isEqualTo("https://ca.test/chall/wild-example.com/dns-01");
    }

    /// Whatever the order of the list, what is selected scores as well.
    @Test
    void amongSolversOfDifferentScoreTheOrderOfTheListDoesNotMatter() {
        var seed = 53L;
        var random = new SplittableRandom(seed);
        var solvers = List.of(
                solver(null),
                solver(labels("team", "a")),
                solver(new SolverSelector(LABELS, null, null)),
                solver(zones("com")),
                solver(zones("example.com")),
                solver(new SolverSelector(Map.of("team", "a"), null, List.of("example.com"))),
                solver(names("a.example.com")),
                solver(new SolverSelector(null, List.of("a.example.com"), List.of("com"))));
        for (var round = 0; round < 200; round++) {
            var some = shuffled(solvers, random);
            var best = some.stream().mapToInt(solvers::indexOf).max().orElse(NONE);
            var selected = SolverSelection.of(some, authorization("a.example.com"), LABELS);
            assertThat(selected.map(s -> solvers.indexOf(s.solver())).orElse(NONE))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(best);
        }
    }

    private static List<Solver> shuffled(List<Solver> solvers, RandomGenerator random) {
        var some = new ArrayList<>(solvers);
        IntStream.range(1, some.size()).forEach(i -> Collections.swap(some, i, random.nextInt(i + 1)));
        return some.subList(0, random.nextInt(some.size() + 1));
    }

    private static int indexOf(Solver selected, List<Solver> solvers) {
        var index = solvers.indexOf(selected);
        assertThat(new HashSet<>(solvers))
                .as("solvers differ, so that each is found")
                .hasSameSizeAs(solvers);
        return index;
    }

    private static Arguments row(String sentence, Authorization authorization, int expected, Solver... solvers) {
        return Arguments.of(sentence, authorization, List.of(solvers), expected);
    }

    private static SolverSelector names(String... names) {
        return new SolverSelector(null, List.of(names), null);
    }

    private static SolverSelector zones(String... zones) {
        return new SolverSelector(null, null, List.of(zones));
    }

    private static SolverSelector labels(String... pairs) {
        var labels = new TreeMap<String, String>();
        for (var i = 0; i < pairs.length; i += 2) {
            labels.put(pairs[i], pairs[i + 1]);
        }
        return new SolverSelector(labels, null, null);
    }
}
