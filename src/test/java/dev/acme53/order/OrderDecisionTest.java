package dev.acme53.order;

import static dev.acme53.order.AnOrder.authorization;
import static dev.acme53.order.AnOrder.challenge;
import static dev.acme53.order.AnOrder.cloudDns;
import static dev.acme53.order.AnOrder.http01;
import static dev.acme53.order.AnOrder.issuer;
import static dev.acme53.order.AnOrder.picture;
import static dev.acme53.order.AnOrder.placed;
import static dev.acme53.order.AnOrder.solver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Authorization;
import dev.acme53.api.Bytes;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.Solver;
import dev.acme53.api.SolverSelector;
import dev.acme53.api.State;
import dev.acme53.names.DnsName;
import dev.acme53.order.OrderStep.AwaitChallenges;
import dev.acme53.order.OrderStep.AwaitIssuer;
import dev.acme53.order.OrderStep.CreateChallenges;
import dev.acme53.order.OrderStep.DeleteChallenges;
import dev.acme53.order.OrderStep.FinalizeOrder;
import dev.acme53.order.OrderStep.GiveUp;
import dev.acme53.order.OrderStep.Judge;
import dev.acme53.order.OrderStep.NoSolver;
import dev.acme53.order.OrderStep.PlaceOrder;
import dev.acme53.order.OrderStep.ReadAuthorizations;
import dev.acme53.order.OrderStep.ReadOrder;
import dev.acme53.order.OrderStep.Rest;
import dev.acme53.order.OrderStep.SolverNotServed;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// behaviour.md §3.1, a row for each of its rows and for where ours differs.
class OrderDecisionTest {
    private static final Authorization APEX = authorization("example.com");
    private static final Authorization WILD = authorization("*.example.com");
    private static final Authorization REUSED = authorization("example.com", State.VALID, "dns-01");
    private static final Bytes CHAIN = Bytes.ofText("chain");

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theNextStepIs(String row, OrderPicture picture, OrderStep step) {
        assertThat(OrderDecision.next(picture)).isEqualTo(step);
    }

    static Stream<Arguments> rows() {
        var pending = challenge(APEX, State.PENDING, "waiting");
        var valid = challenge(APEX, State.VALID, "");
        var invalid = challenge(APEX, State.INVALID, "wrong value");
        var wildPending = challenge(WILD, State.PROCESSING, "");
        var wildErrored = challenge(WILD, State.ERRORED, "broken");
        var unknown = challenge(APEX, null, "");
        var other = challenge(authorization("other.example"), State.PENDING, "");
        return Stream.of(
                row("1: invalid rests, its Challenges stay", picture(placed(State.INVALID, APEX), pending), new Rest()),
                row("1: expired rests", picture(placed(State.EXPIRED, APEX)), new Rest()),
                row("1: errored rests", picture(OrderStatus.empty().withState(State.ERRORED)), new Rest()),
                row(
                        "2: nothing yet",
                        picture(OrderStatus.empty()),
                        new PlaceOrder(new Identifiers.Named(List.of(DnsName.of("example.com")), List.of()))),
                row(
                        "3: only the URL",
                        picture(OrderStatus.empty().withUrl("https://ca.test/order/1")),
                        new ReadOrder()),
                row(
                        "4: authorizations not read",
                        picture(placed(State.PENDING, unread("a"), APEX, unread("b"))),
                        new ReadAuthorizations(List.of("https://ca.test/authz/a", "https://ca.test/authz/b"))),
                row(
                        "4 comes before 9",
                        picture(placed(State.READY, unread("a"))),
                        new ReadAuthorizations(List.of("https://ca.test/authz/a"))),
                row("5: valid without certificate", picture(placed(State.VALID, APEX), valid), new FinalizeOrder()),
                row(
                        "6: valid with certificate",
                        picture(placed(State.VALID, APEX).withCertificate(CHAIN), valid, other),
                        new DeleteChallenges(List.of(valid, other))),
                row("6: done", picture(placed(State.VALID, APEX).withCertificate(CHAIN)), new Rest()),
                row(
                        "7: both missing",
                        picture(placed(State.PENDING, APEX, WILD)),
                        new CreateChallenges(List.of(required(APEX), required(WILD)))),
                row(
                        "7: one missing",
                        picture(placed(State.PENDING, APEX, WILD), pending),
                        new CreateChallenges(List.of(required(WILD)))),
                row(
                        "7: an authorization that was valid from the start needs none",
                        picture(placed(State.PENDING, REUSED, WILD)),
                        new CreateChallenges(List.of(required(WILD)))),
                row(
                        "7 comes before 8",
                        picture(placed(State.PENDING, APEX), other),
                        new CreateChallenges(List.of(required(APEX)))),
                row(
                        "8: not required",
                        picture(placed(State.PENDING, APEX), pending, other),
                        new DeleteChallenges(List.of(other))),
                row("9: ready", picture(placed(State.READY, APEX), valid), new FinalizeOrder()),
                row(
                        "9: ready, Challenges gone: all is proven",
                        picture(placed(State.READY, APEX)),
                        new FinalizeOrder()),
                row(
                        "processing: the CA is at work",
                        picture(placed(State.PROCESSING, APEX), valid),
                        new FinalizeOrder()),
                row(
                        "10: under way",
                        picture(placed(State.PENDING, APEX, WILD), valid, wildPending),
                        new AwaitChallenges()),
                row("10: no state yet", picture(placed(State.PENDING, APEX), unknown), new AwaitChallenges()),
                row(
                        "11: one failed, the other is under way",
                        picture(placed(State.PENDING, APEX, WILD), invalid, wildPending),
                        new Judge(List.of(invalid))),
                row(
                        "11: both failed",
                        picture(placed(State.PENDING, APEX, WILD), invalid, wildErrored),
                        new Judge(Stream.of(invalid, wildErrored)
                                .sorted(Comparator.comparing(
                                        c -> c.getMetadata().getName()))
                                .toList())),
                row("12, 13: all final", picture(placed(State.PENDING, APEX), valid), new FinalizeOrder()),
                row("12, 13: nothing to prove", picture(placed(State.PENDING, REUSED)), new FinalizeOrder()),
                row(
                        "no state is as pending",
                        picture(placed(State.PENDING, APEX).withState(null), valid),
                        new FinalizeOrder()));
    }

    @Test
    void aMissingIssuerIsAwaitedUnlessTheOrderIsFinished() {
        assertThat(OrderDecision.next(new OrderPicture(AnOrder.with(OrderStatus.empty()), Optional.empty(), List.of())))
                .isEqualTo(new AwaitIssuer("ClusterIssuer \"le\" does not exist: create it"));
        var finished = AnOrder.with(placed(State.VALID).withCertificate(CHAIN));
        assertThat(OrderDecision.next(new OrderPicture(finished, Optional.empty(), List.of())))
                .isEqualTo(new Rest());
    }

    @Test
    void anIssuerOfAnotherTypeIsAwaited() {
        var issuer = issuer();
        issuer.setSpec(new IssuerSpec(null, null));
        assertThat(OrderDecision.next(
                        new OrderPicture(AnOrder.with(OrderStatus.empty()), Optional.of(issuer), List.of())))
                .isEqualTo(new AwaitIssuer("ClusterIssuer \"le\" is not an ACME issuer"));
    }

    @Test
    void anOrderOfNothingIsGivenUpBeforeTheCaIsAsked() {
        var spec = new OrderSpec(Bytes.EMPTY, AnOrder.ISSUER, "", null, null, null, null, null);
        var picture = new OrderPicture(
                AnOrder.with(spec, OrderStatus.empty()), Optional.of(issuer(AnOrder.ROUTE53)), List.of());
        assertThat(OrderDecision.next(picture)).isInstanceOf(GiveUp.class);
    }

    @Test
    void withoutAUsableSolverNothingIsCreatedForTheOtherNamesEither() {
        var picture = pictureWith(List.of(solver(new SolverSelector(null, List.of("example.com"), null))), APEX, WILD);
        assertThat(OrderDecision.next(picture)).isEqualTo(new NoSolver("*.example.com"));
    }

    @Test
    void aSolverThatIsNotOursIsLeftAlone() {
        var zone = new SolverSelector(null, null, List.of("example.com"));
        assertThat(OrderDecision.next(pictureWith(List.of(AnOrder.ROUTE53, cloudDns(zone)), APEX)))
                .isInstanceOfSatisfying(
                        SolverNotServed.class,
                        step -> assertThat(step.challenge().means()).isEqualTo("DNS01 by cloudDNS"));
        assertThat(OrderDecision.next(pictureWith(List.of(http01(null)), APEX)))
                .isInstanceOfSatisfying(
                        SolverNotServed.class,
                        step -> assertThat(step.challenge().means()).isEqualTo("HTTP01"));
    }

    @Test
    void aChallengeOfAnotherSolverThatExistsIsWaitedFor() {
        var cloudDns = List.of(cloudDns(null));
        var order = AnOrder.with(placed(State.PENDING, APEX));
        var selected = SolverSelection.of(cloudDns, APEX, Map.of()).orElseThrow();
        var theirs = RequiredChallenge.of(order, APEX, selected).withKey("key", order);
        var picture = new OrderPicture(order, Optional.of(issuer(cloudDns.getFirst())), List.of(theirs));
        assertThat(OrderDecision.next(picture)).isEqualTo(new AwaitChallenges());
    }

    @Test
    void aChallengeUnderAnotherNameIsAdopted() {
        var theirs = challenge(APEX, State.PENDING, "");
        theirs.getMetadata().setName(AnOrder.NAME + "-1");
        assertThat(OrderDecision.next(picture(placed(State.PENDING, APEX), theirs)))
                .isEqualTo(new AwaitChallenges());
    }

    @Test
    void aChallengeOfAnotherTokenIsReplaced() {
        var theirs = challenge(APEX, State.PENDING, "");
        var s = theirs.getSpec();
        theirs.setSpec(new ChallengeSpec(
                s.url(),
                s.authorizationURL(),
                s.dnsName(),
                s.wildcard(),
                s.type(),
                "old",
                s.key(),
                s.solver(),
                s.issuerRef()));
        theirs.getMetadata().setName(AnOrder.NAME + "-1");
        assertThat(OrderDecision.next(picture(placed(State.PENDING, APEX), theirs)))
                .isEqualTo(new CreateChallenges(List.of(required(APEX))));
    }

    @Test
    void aChallengeOfAnotherSolverIsGoneBeforeItsSuccessorComes() {
        var before = challenge(APEX, State.PENDING, "");
        var solver = solver(new SolverSelector(null, null, List.of("com")));
        var order = AnOrder.with(placed(State.PENDING, APEX));
        var picture = new OrderPicture(order, Optional.of(issuer(solver)), List.of(before));
        assertThat(OrderDecision.next(picture)).isEqualTo(new DeleteChallenges(List.of(before)));
        before.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        assertThat(OrderDecision.next(picture)).isEqualTo(new AwaitChallenges());
        var gone = new OrderPicture(order, Optional.of(issuer(solver)), List.of());
        assertThat(OrderDecision.next(gone)).isInstanceOf(CreateChallenges.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a url", "/order/1", "https://ca.test/a b", "%"})
    void whatIsNoUrlIsNeverAsked(String text) {
        assertThat(OrderDecision.next(picture(placed(State.PENDING, APEX).withUrl(text))))
                .isInstanceOf(GiveUp.class);
        var authorization = new Authorization(text, "", null, null, null);
        assertThat(OrderDecision.next(picture(placed(State.PENDING, authorization))))
                .isInstanceOf(GiveUp.class);
    }

    @Test
    void anOrderOfAnotherGroupIsNobodysHere() {
        var theirs = new IssuerRef("le", "Issuer", "example.org");
        var spec = new OrderSpec(Bytes.EMPTY, theirs, "", List.of("example.com"), null, null, null, null);
        var picture = new OrderPicture(AnOrder.with(spec, OrderStatus.empty()), Optional.empty(), List.of());
        assertThat(OrderDecision.next(picture)).isEqualTo(new Rest());
    }

    @Test
    void aChallengeThatIsBeingDeletedIsNotDeletedAgain() {
        var going = challenge(APEX, State.VALID, "");
        going.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        assertThat(OrderDecision.next(picture(placed(State.VALID, APEX).withCertificate(CHAIN), going)))
                .isEqualTo(new Rest());
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void everyStateHasAStep(State state) {
        assertThat(OrderDecision.next(picture(placed(state, APEX)))).isNotNull();
    }

    private static OrderPicture pictureWith(List<Solver> solvers, Authorization... authorizations) {
        return new OrderPicture(
                AnOrder.with(placed(State.PENDING, authorizations)),
                Optional.of(issuer(solvers.toArray(Solver[]::new))),
                List.of());
    }

    private static RequiredChallenge required(Authorization authorization) {
        return RequiredChallenge.of(
                AnOrder.with(OrderStatus.empty()),
                authorization,
                SolverSelection.of(List.of(AnOrder.ROUTE53), authorization, Map.of())
                        .orElseThrow());
    }

    private static Authorization unread(String name) {
        return new Authorization("https://ca.test/authz/" + name, "", null, null, null);
    }

    private static Arguments row(String row, OrderPicture picture, OrderStep step) {
        return Arguments.of(row, picture, step);
    }
}
