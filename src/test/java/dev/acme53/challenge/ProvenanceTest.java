package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.Authorization;
import dev.acme53.api.Bytes;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Dns01Solver;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.OfferedChallenge;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.api.Solver;
import dev.acme53.api.State;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProvenanceTest {
    private static final Solver SOLVER = Challenges.solver("Z1", null, null);
    private static final ChallengeSpec GENUINE = Challenges.spec("www.example.com", Challenges.KEY, SOLVER);

    /// @param what of a genuine Challenge was changed, and what is said of it
    record Case(String what, ChallengeSpec spec, String said) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> madeUp() {
        var g = GENUINE;
        return Stream.of(
                new Case(
                        "issuer",
                        spec(g.url(), g.authorizationURL(), "www.example.com", false, "token", Challenges.KEY, "other"),
                        "spec.issuerRef is not the issuer of Order \"o\""),
                new Case(
                        "authorization",
                        spec(
                                g.url(),
                                "https://ca.test/authz/2",
                                "www.example.com",
                                false,
                                "token",
                                Challenges.KEY,
                                "le"),
                        "spec.authorizationURL is not among the authorizations of Order \"o\""),
                new Case(
                        "name",
                        spec(g.url(), g.authorizationURL(), "example.com", false, "token", Challenges.KEY, "le"),
                        "spec.dnsName and spec.wildcard are not what this authorization is for in Order \"o\""),
                new Case(
                        "wildcard",
                        spec(g.url(), g.authorizationURL(), "www.example.com", true, "token", Challenges.KEY, "le"),
                        "spec.dnsName and spec.wildcard are not what this authorization is for in Order \"o\""),
                new Case(
                        "url",
                        spec(
                                "https://ca.test/x",
                                g.authorizationURL(),
                                "www.example.com",
                                false,
                                "token",
                                Challenges.KEY,
                                "le"),
                        "spec.url and spec.token are not the dns-01 challenge of this authorization in Order \"o\""),
                new Case(
                        "token",
                        spec(g.url(), g.authorizationURL(), "www.example.com", false, "other", Challenges.KEY, "le"),
                        "spec.url and spec.token are not the dns-01 challenge of this authorization in Order \"o\""),
                new Case(
                        "key",
                        spec(g.url(), g.authorizationURL(), "www.example.com", false, "token", "x".repeat(43), "le"),
                        "spec.key is not what spec.token and the account key of ClusterIssuer \"le\" make"));
    }

    @ParameterizedTest
    @MethodSource
    void madeUp(Case changed) {
        assertThat(objection(changed.spec, SOLVER)).hasValue(changed.said);
    }

    @Test
    void whatTheOrderListsAndTheIssuerHasIsGenuine() {
        assertThat(objection(GENUINE, SOLVER)).isEmpty();
        assertThat(objection(GENUINE, Challenges.solver("", null, null), SOLVER))
                .isEmpty();
    }

    @Test
    void aSolverThatTheIssuerDoesNotHaveIsRefused() {
        assertThat(objection(GENUINE, Challenges.solver("Z2", null, null)))
                .hasValue("spec.solver is not among the solvers of ClusterIssuer \"le\"");
        assertThat(objection(GENUINE)).hasValue("spec.solver is not among the solvers of ClusterIssuer \"le\"");
    }

    @Test
    void whatThePeersStructsAddToACopyMakesNoDifference() {
        var copied = new Route53Solver(null, null, null, new SecretKeySelector("", ""), "", "Z1", "", null);
        var spec = Challenges.spec(
                "www.example.com",
                Challenges.KEY,
                new Solver(null, null, new Dns01Solver(null, null, copied, null), null, null));
        assertThat(objection(spec, SOLVER)).isEmpty();
    }

    @Test
    void withoutAnOrderThereIsNothingToGoBy() {
        var orphan = Challenges.of(GENUINE);
        assertThat(Provenance.objection(orphan, Optional.empty(), issuer(SOLVER), Challenges.KEY))
                .hasValue("no Order controls it");
        assertThat(Provenance.objection(controlled(GENUINE), Optional.empty(), issuer(SOLVER), Challenges.KEY))
                .hasValue("the Order that its ownerReferences name as controller does not exist");
    }

    @Test
    void onlyOfAPendingAuthorizationOfAPendingOrderItIsKnownThatTheCaWaits() {
        assertThat(isOffered(State.PENDING, State.PENDING)).isTrue();
        for (var other : new State[] {State.VALID, State.PROCESSING, State.INVALID, null}) {
            assertThat(isOffered(State.PENDING, other)).as("%s", other).isFalse();
            assertThat(isOffered(other, State.PENDING)).as("%s", other).isFalse();
        }
    }

    private static boolean isOffered(State ofOrder, State ofAuthorization) {
        var order = order();
        var authorization = order.statusOrEmpty().authorizations().getFirst();
        order.setStatus(OrderStatus.empty()
                .withState(ofOrder)
                .withAuthorizations(List.of(new Authorization(
                        authorization.url(),
                        authorization.identifier(),
                        null,
                        ofAuthorization,
                        authorization.challenges()))));
        return Provenance.isOffered(controlled(GENUINE), order);
    }

    private static Optional<String> objection(ChallengeSpec spec, Solver... solvers) {
        return Provenance.objection(controlled(spec), Optional.of(order()), issuer(solvers), Challenges.KEY);
    }

    private static ChallengeSpec spec(
            String url, String authorization, String name, boolean wildcard, String token, String key, String issuer) {
        return new ChallengeSpec(
                url,
                authorization,
                name,
                wildcard,
                GENUINE.type(),
                token,
                key,
                SOLVER,
                new IssuerRef(issuer, "ClusterIssuer", ""));
    }

    private static Challenge controlled(ChallengeSpec spec) {
        var challenge = Challenges.of(spec);
        challenge.getMetadata().setOwnerReferences(List.of(OwnerReferences.controlledBy(order())));
        return challenge;
    }

    private static Order order() {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withName("o")
                .withNamespace("ns")
                .withUid("order-uid")
                .build());
        order.setSpec(new OrderSpec(
                Bytes.EMPTY,
                new IssuerRef("le", "ClusterIssuer", "cert-manager.io"),
                null,
                List.of("www.example.com"),
                null,
                null,
                null,
                null));
        order.setStatus(OrderStatus.empty()
                .withAuthorizations(List.of(new Authorization(
                        GENUINE.authorizationURL(),
                        "www.example.com",
                        null,
                        State.PENDING,
                        List.of(
                                new OfferedChallenge("https://ca.test/chall/0", "token", "http-01"),
                                new OfferedChallenge(GENUINE.url(), "token", "dns-01"))))));
        return order;
    }

    private static ClusterIssuer issuer(Solver... solvers) {
        var issuer = new ClusterIssuer();
        issuer.setMetadata(new ObjectMetaBuilder().withName("le").build());
        issuer.setSpec(new IssuerSpec(
                new AcmeIssuer(
                        null,
                        "https://ca.test/",
                        null,
                        null,
                        false,
                        null,
                        null,
                        List.of(solvers),
                        false,
                        false,
                        "",
                        null),
                null));
        return issuer;
    }
}
