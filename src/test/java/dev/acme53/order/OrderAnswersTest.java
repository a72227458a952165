package dev.acme53.order;

import static dev.acme53.order.AnOrder.authorization;
import static dev.acme53.order.AnOrder.challenge;
import static dev.acme53.order.AnOrder.placed;
import static dev.acme53.order.AnOrder.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AuthorizationView;
import dev.acme53.acme.OrderView;
import dev.acme53.api.Authorization;
import dev.acme53.api.Order;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.State;
import dev.acme53.reconcile.Errands;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each answer of a CA leads to.
class OrderAnswersTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Authorization APEX = authorization("example.com");
    private static final OrderStep PLACE = new OrderStep.PlaceOrder(new Identifiers.Named(List.of(), List.of()));
    private static final OrderStep FINISH = new OrderStep.FinalizeOrder();

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Errands errands = Errands.waiting("test", 1, 1, now::get);
    private final CaVisits visits = new CaVisits(now::get, new SplittableRandom(1));
    private final Stored stored = new Stored();
    private final OrderAnswers answers = new OrderAnswers(errands, visits, stored, now::get);

    @AfterEach
    void close() {
        errands.close();
    }

    static Stream<AcmeFailure> untimely() {
        return Stream.of(
                new AcmeFailure.RateLimited("rateLimited: too many orders", Optional.empty()),
                new AcmeFailure.Transient("serverInternal: try again", Optional.empty()),
                new AcmeFailure.Transient("connection refused", Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("untimely")
    void aCaThatHasNoTimeDoesNotFailTheOrder(AcmeFailure failure) {
        var before = placed(State.PENDING, APEX);
        for (var step : List.of(PLACE, FINISH)) {
            stored.is(before);
            assertThat(receive(step, new CaAnswer.Refused(failure)))
                    .asInstanceOf(type(Outcome.Wait.class))
                    .satisfies(wait -> assertThat(wait.atMost()).isPresent());
            assertThat(stored.status).isEqualTo(before.withReason("the CA is asked again later: " + failure.message()));
        }
    }

    @Test
    void aRateLimitIsWaitedOutAndThenForgotten() {
        stored.is(OrderStatus.empty());
        var until = START.plusSeconds(7200);
        var limited = new AcmeFailure.RateLimited("rateLimited: too many orders", Optional.of(until));
        assertThat(receive(PLACE, new CaAnswer.Refused(limited)))
                .asInstanceOf(type(Outcome.Wait.class))
                .satisfies(wait -> assertThat(wait.atMost().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofHours(2)));
        now.set(until.plusSeconds(10));
        receive(PLACE, new CaAnswer.Placed(view("pending"), Optional.empty()));
        assertThat(stored.status.reason()).isEmpty();
        assertThat(stored.status.url()).isEqualTo("https://ca.test/order/1");
    }

    static Stream<AcmeFailure> refusals() {
        return Stream.of(
                new AcmeFailure.Problem(400, "rejectedIdentifier", "rejectedIdentifier: no"),
                new AcmeFailure.Problem(404, "malformed", "malformed: no such order"),
                new AcmeFailure.ActionRequired("userActionRequired: agree", URI.create("https://ca.test/terms")),
                new AcmeFailure.NotSent("the CA does not offer the profile"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalErrorsTheOrderWithTheCasWords(AcmeFailure failure) {
        stored.is(placed(State.PENDING, APEX));
        assertThat(receive(FINISH, new CaAnswer.Refused(failure))).isInstanceOf(Outcome.GoOn.class);
        assertThat(stored.status)
                .isEqualTo(placed(State.ERRORED, APEX)
                        .withReason(failure.message())
                        .withFailureTime(START));
    }

    @Test
    void anOrderThatIsStoredGoesOnAsItIsStored() {
        var order = AnOrder.with(placed(State.PENDING, APEX));
        stored.is(OrderStatus.empty());
        assertThat(receive(PLACE, new CaAnswer.Placed(view("pending"), Optional.of(order))))
                .isEqualTo(new Outcome.GoOn(order, Map.of()));
        assertThat(stored.writes).isZero();
    }

    @Test
    void anOrderThatCouldNotBeStoredIsStoredByTheReconcile() {
        stored.is(OrderStatus.empty());
        assertThat(receive(PLACE, new CaAnswer.Placed(view("pending"), Optional.empty())))
                .isInstanceOf(Outcome.GoOn.class);
        assertThat(stored.status.url()).isEqualTo("https://ca.test/order/1");
    }

    @Test
    void anOrderThatStillCannotBeStoredIsKeptForTheNextReconcile() {
        stored.is(OrderStatus.empty());
        stored.isAway = true;
        var answer = new CaAnswer.Placed(view("pending"), Optional.empty());
        assertThatThrownBy(() -> receive(PLACE, answer)).isInstanceOf(KubernetesClientException.class);
        assertThat(errands.ask(new ResourceID(AnOrder.NAME, "team"), "errand", () -> {
                    throw new AssertionError("placed twice");
                }))
                .hasValue(answer);
    }

    @Test
    void keysAreHandedOnToTheNextStep() {
        stored.is(placed(State.PENDING, new Authorization(APEX.url(), null, null, null, null)));
        var keys = Map.of("token", "value");
        var step = new OrderStep.ReadAuthorizations(List.of(APEX.url()));
        var view = new AuthorizationView(URI.create(APEX.url()), "pending", "example.com", false, List.of());
        assertThat(receive(step, new CaAnswer.Authorized(List.of(view), keys)))
                .asInstanceOf(type(Outcome.GoOn.class))
                .satisfies(goOn -> assertThat(goOn.keys()).isEqualTo(keys));
        assertThat(receive(step, new CaAnswer.Keys(keys)))
                .isEqualTo(new Outcome.GoOn(AnOrder.with(stored.status), keys));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "ready", "processing"})
    void aCaThatNeedsAMomentIsPolledAndNothingIsWritten(String word) {
        var before = placed(State.PENDING, APEX);
        stored.is(before);
        var retryAfter = Optional.of(START.plusSeconds(3));
        assertThat(receive(FINISH, new CaAnswer.Seen(view(word), retryAfter)))
                .isEqualTo(Outcome.waitFor(Duration.ofSeconds(3)));
        assertThat(stored.writes).isZero();
    }

    @Test
    void aCaThatNeedsLongIsShown() {
        stored.is(placed(State.PENDING, APEX));
        receive(FINISH, new CaAnswer.Seen(view("processing"), Optional.empty()));
        now.set(START.plusSeconds(5));
        receive(FINISH, new CaAnswer.Seen(view("processing"), Optional.empty()));
        assertThat(stored.status).isEqualTo(placed(State.PROCESSING, APEX));
    }

    @Test
    void aCaThatNeverCertifiesIsGivenUpAfterAnHour() {
        stored.is(placed(State.PROCESSING, APEX));
        receive(FINISH, new CaAnswer.Seen(view("processing"), Optional.empty()));
        now.set(START.plus(Duration.ofHours(1)));
        receive(FINISH, new CaAnswer.Seen(view("processing"), Optional.empty()));
        assertThat(stored.status.state()).isEqualTo(State.ERRORED);
        assertThat(stored.status.reason()).contains("within an hour").contains("processing");
    }

    @Test
    void anOrderThatTheCaCallsInvalidAtTheEndIsInvalid() {
        stored.is(placed(State.PENDING, APEX));
        receive(FINISH, new CaAnswer.Seen(view("invalid", "badCSR: no"), Optional.empty()));
        assertThat(stored.status)
                .isEqualTo(placed(State.INVALID, APEX).withReason("badCSR: no").withFailureTime(START));
    }

    @Test
    void theCertificateIsStoredAndAnnounced() {
        stored.is(placed(State.PENDING, APEX));
        receive(FINISH, new CaAnswer.Issued("chain"));
        assertThat(stored.status.certificate().text()).isEqualTo("chain");
        assertThat(stored.announced).isEqualTo(1);
    }

    @Test
    void aChallengeThatFailedIsJudged() {
        stored.is(placed(State.PENDING, APEX));
        var judge = new OrderStep.Judge(List.of(challenge(APEX, State.INVALID, "no record")));
        assertThat(receive(judge, new CaAnswer.Seen(view("pending"), Optional.empty())))
                .as("the CA notices soon")
                .isInstanceOf(Outcome.Wait.class);
        assertThat(stored.status).isEqualTo(placed(State.PENDING, APEX));
        now.set(START.plus(Judgement.CA_NOTICES_WITHIN));
        assertThat(receive(judge, new CaAnswer.Seen(view("pending"), Optional.empty())))
                .isInstanceOf(Outcome.GoOn.class);
        assertThat(stored.status.state()).isEqualTo(State.ERRORED);
    }

    @Test
    void anAnswerThatChangesNothingIsNoReasonToAskAtOnceAgain() {
        stored.is(OrderStatus.empty()
                .withUrl("https://ca.test/order/1")
                .withState(State.PENDING)
                .withAuthorizations(List.of(APEX)));
        var nothing = new OrderView(
                URI.create("https://ca.test/order/1"),
                "pending",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        assertThat(receive(new OrderStep.ReadOrder(), new CaAnswer.Seen(nothing, Optional.empty())))
                .asInstanceOf(type(Outcome.Wait.class))
                .satisfies(wait -> assertThat(wait.atMost()).isPresent());
    }

    @Test
    void withoutALoginTheOrderSaysWhyAndWaitsForTheIssuer() {
        stored.is(OrderStatus.empty());
        receive(PLACE, new CaAnswer.NoLogin("ClusterIssuer \"le\" is not ready", AnOrder.issuer(AnOrder.ROUTE53)));
        assertThat(stored.status).isEqualTo(OrderStatus.empty().withReason("ClusterIssuer \"le\" is not ready"));
        var issuer = AnOrder.issuer(AnOrder.ROUTE53);
        assertThat(visits.pause(new ResourceID(AnOrder.NAME, "team"), issuer)).isPresent();
    }

    @Test
    void anIssuerThatChangedWhileItWasAskedIsAskedAgainAtOnce() {
        stored.is(OrderStatus.empty());
        var before = AnOrder.issuer(AnOrder.ROUTE53);
        before.getMetadata().setResourceVersion("2");
        assertThat(receive(PLACE, new CaAnswer.NoLogin("ClusterIssuer \"le\" is not ready", before)))
                .isInstanceOf(Outcome.GoOn.class);
        assertThat(stored.writes).isZero();
    }

    @Test
    void anOrderThatIsGoneIsLeft() {
        stored.isGone = true;
        stored.is(OrderStatus.empty());
        assertThat(receive(PLACE, new CaAnswer.Placed(view("pending"), Optional.empty())))
                .isEqualTo(Outcome.waitForEvent());
        assertThat(receive(FINISH, new CaAnswer.Issued("chain"))).isEqualTo(Outcome.waitForEvent());
        assertThat(stored.announced).isZero();
    }

    private Outcome receive(OrderStep step, CaAnswer answer) {
        var picture =
                new OrderPicture(AnOrder.with(stored.status), Optional.of(AnOrder.issuer(AnOrder.ROUTE53)), List.of());
        return answers.received(picture, step, "errand", answer);
    }

    /// The API server's side, in memory.
    private static final class Stored implements OrderWrites {
        private OrderStatus status = OrderStatus.empty();
        private int writes;
        private int announced;
        private boolean isGone;
        private boolean isAway;

        void is(OrderStatus status) {
            this.status = status;
        }

        @Override
        public Optional<Order> write(Order order, UnaryOperator<OrderStatus> change) {
            if (isAway) {
                throw new KubernetesClientException("away");
            }
            if (isGone) {
                return Optional.empty();
            }
            writes++;
            status = change.apply(status);
            return Optional.of(AnOrder.with(status));
        }

        @Override
        public void announceCompletion(Order order) {
            announced++;
        }
    }
}
