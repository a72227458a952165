package dev.acme53.order;

import static dev.acme53.order.AnOrder.authorization;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.acme.AuthorizationView;
import dev.acme53.acme.OfferedChallenge;
import dev.acme53.acme.OrderView;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Authorization;
import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole lives of Orders, decided as the stage decides and interrupted anywhere: after what the CA or the API
/// server did, before anything of it is remembered.
class OrderLifeTest {
    private static final int LIVES = 2000;
    private static final int LONGEST = 300;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> DOMAINS = List.of("example.com", "*.example.com", "www.example.com");

    @ParameterizedTest
    @ValueSource(longs = {1, 53, 2026})
    void everyLifeEndsAndNoOrderIsPlacedTwice(long seed) {
        var random = new SplittableRandom(seed);
        for (var life = 0; life < LIVES; life++) {
            new Life(random, "seed " + seed + ", life " + life).live();
        }
    }

    /// One Order, its CA, and whoever plays the Challenge stage.
    private static final class Life {
        private final RandomGenerator random;
        private final String name;
        private final List<Authorization> offered;
        private final Map<String, State> proofs = new LinkedHashMap<>();
        private final List<Challenge> challenges = new ArrayList<>();
        private Order order = AnOrder.with(OrderStatus.empty());
        private int placed;
        private int placedWhenStored = -1;
        private String caOrder = "pending";

        Life(RandomGenerator random, String name) {
            this.random = random;
            this.name = name;
            this.offered = DOMAINS.subList(0, 1 + random.nextInt(DOMAINS.size())).stream()
                    .map(domain -> authorization(domain, once(4) ? State.VALID : State.PENDING, "dns-01", "http-01"))
                    .toList();
            offered.forEach(a -> proofs.put(a.url(), a.initialState() == State.VALID ? State.VALID : State.PENDING));
        }

        void live() {
            for (var step = 0; step < LONGEST; step++) {
                var issuer = Optional.<AnyIssuer>of(AnOrder.issuer(AnOrder.ROUTE53));
                var next = OrderDecision.next(new OrderPicture(order, issuer, challenges));
                if (next instanceof OrderStep.Rest) {
                    end();
                    return;
                }
                take(next);
            }
            throw new AssertionError(name + " does not end: " + order.getStatus() + challenges);
        }

        private void end() {
            var status = order.getStatus();
            assertThat(status.state()).as(name).isIn(State.VALID, State.INVALID, State.ERRORED);
            if (status.state() == State.VALID) {
                assertThat(status.certificate().text()).as(name).isEqualTo("chain");
                assertThat(challenges).as(name).isEmpty();
                assertThat(status.reason()).as(name).isEmpty();
            } else {
                assertThat(status.reason()).as(name).contains(": ");
                assertThat(status.failureTime()).as(name).isEqualTo(NOW);
            }
            assertThat(placed).as(name + ": placed after one was stored").isEqualTo(placedWhenStored);
        }

        private void take(OrderStep step) {
            switch (step) {
                case OrderStep.PlaceOrder(var _) -> {
                    placed++;
                    interrupted(() -> {
                        store(OrderProgress.placed(status(), view(), NOW));
                        placedWhenStored = placed;
                    });
                }
                case OrderStep.ReadAuthorizations(var urls) ->
                    interrupted(() -> store(OrderProgress.authorized(
                            status(), urls.stream().map(this::authorizationView).toList())));
                case OrderStep.CreateChallenges(var missing) ->
                    missing.forEach(m -> interrupted(() -> challenges.add(m.withKey("key", order))));
                case OrderStep.DeleteChallenges(var superfluous) ->
                    superfluous.forEach(c -> interrupted(() -> challenges.remove(c)));
                case OrderStep.AwaitChallenges() -> prove();
                case OrderStep.Judge(var failed) -> {
                    var polled = Duration.ofSeconds(random.nextInt(12));
                    interrupted(() -> store(Judgement.of(status(), view(), failed, polled, NOW)));
                }
                case OrderStep.FinalizeOrder() -> {
                    if (caOrder.equals("valid")) {
                        interrupted(() -> store(OrderProgress.issued(status(), "chain")));
                    } else {
                        caOrder = caOrder.equals("processing") ? "valid" : "processing";
                        interrupted(() -> store(OrderProgress.seen(status(), view(), List.of(), NOW)));
                    }
                }
                case OrderStep.Rest(),
                        OrderStep.ReadOrder(),
                        OrderStep.AwaitIssuer(var _),
                        OrderStep.GiveUp(var _),
                        OrderStep.NoSolver(var _),
                        OrderStep.SolverNotServed(var _) -> throw new AssertionError(name + ": " + step);
            }
        }

        /// What Challenges come to: mostly proven, sometimes refused by the CA or given up here, and now and
        /// then deleted by a user.
        private void prove() {
            var open = challenges.stream()
                    .filter(c -> c.getStatus().state() == null
                            || !c.getStatus().state().isFinal())
                    .toList();
            var challenge = open.get(random.nextInt(open.size()));
            var url = challenge.getSpec().authorizationURL();
            switch (random.nextInt(12)) {
                case 0 -> challenges.remove(challenge);
                case 1 -> {
                    proofs.put(url, State.INVALID);
                    set(challenge, State.INVALID);
                }
                case 2 -> set(challenge, once(2) ? State.ERRORED : State.EXPIRED);
                default -> {
                    proofs.put(url, State.VALID);
                    set(challenge, State.VALID);
                }
            }
        }

        private static void set(Challenge challenge, State state) {
            challenge.setStatus(challenge.statusOrEmpty().withState(state).withReason("as it came out"));
        }

        private void interrupted(Runnable write) {
            if (!once(5)) {
                write.run();
            }
        }

        private boolean once(int in) {
            return random.nextInt(in) == 0;
        }

        private void store(OrderStatus status) {
            order = AnOrder.with(order.getSpec(), status);
        }

        private OrderStatus status() {
            return order.getStatus();
        }

        private OrderView view() {
            var state = proofs.containsValue(State.INVALID)
                    ? "invalid"
                    : caOrder.equals("pending") && proofs.values().stream().allMatch(p -> p == State.VALID)
                            ? "ready"
                            : caOrder;
            return new OrderView(
                    URI.create("https://ca.test/order/" + placed),
                    state,
                    Optional.of(URI.create("https://ca.test/order/" + placed + "/finalize")),
                    offered.stream().map(a -> URI.create(a.url())).toList(),
                    Optional.empty(),
                    Optional.empty());
        }

        private AuthorizationView authorizationView(String url) {
            var a = offered.stream()
                    .filter(o -> o.url().equals(url))
                    .findFirst()
                    .orElseThrow();
            return new AuthorizationView(
                    URI.create(url),
                    proofs.get(url).text(),
                    a.identifier(),
                    Boolean.TRUE.equals(a.wildcard()),
                    a.challenges().stream()
                            .map(c -> new OfferedChallenge(
                                    URI.create(c.url()), c.type(), c.token(), "pending", Optional.empty()))
                            .toList());
        }
    }
}
