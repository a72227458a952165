package dev.acme53.order;

import static dev.acme53.order.AnOrder.authorization;
import static dev.acme53.order.AnOrder.challenge;
import static dev.acme53.order.AnOrder.placed;
import static dev.acme53.order.AnOrder.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.acme.AuthorizationView;
import dev.acme53.acme.OfferedChallenge;
import dev.acme53.api.Authorization;
import dev.acme53.api.Bytes;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.State;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OrderProgressTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Authorization APEX = authorization("example.com");

    @Test
    void aNewOrderIsStoredWithAllThatTheCaSaid() {
        assertThat(OrderProgress.placed(OrderStatus.empty().withReason("was limited"), view("pending"), NOW))
                .isEqualTo(OrderStatus.empty()
                        .withUrl("https://ca.test/order/1")
                        .withFinalizeURL("https://ca.test/order/1/finalize")
                        .withAuthorizations(List.of(unread("https://ca.test/authz/example.com")))
                        .withState(State.PENDING));
    }

    @Test
    void anOrderThatIsStoredIsNeverReplaced() {
        var stored = placed(State.PENDING, APEX);
        assertThat(OrderProgress.placed(stored, view("ready"), NOW)).isSameAs(stored);
    }

    @Test
    void whatIsImmutableIsKept() {
        var stored = placed(State.PENDING, APEX).withFinalizeURL("https://ca.test/other");
        assertThat(OrderProgress.seen(stored, view("ready"), List.of(), NOW)).isEqualTo(stored.withState(State.READY));
    }

    @ParameterizedTest
    @CsvSource({"pending,PENDING", "ready,READY", "processing,PROCESSING", "valid,VALID"})
    void theStateIsTheCas(String word, State state) {
        assertThat(OrderProgress.seen(placed(null), view(word), List.of(), NOW).state())
                .isEqualTo(state);
    }

    @Test
    void aWordThatTheApiDoesNotKnowLeavesTheStateAsItIs() {
        assertThat(OrderProgress.seen(placed(State.PENDING), view("suspended"), List.of(), NOW)
                        .state())
                .isEqualTo(State.PENDING);
    }

    @Test
    void anInvalidOrderSaysWhy() {
        var failed = challenge(APEX, State.INVALID, "no TXT record found");
        var silent = challenge(authorization("*.example.com"), State.EXPIRED, "");
        assertThat(OrderProgress.seen(placed(State.PENDING, APEX), view("invalid"), List.of(failed, silent), NOW))
                .isEqualTo(placed(State.INVALID, APEX)
                        .withFailureTime(NOW)
                        .withReason(failed.getMetadata().getName() + ": no TXT record found; "
                                + silent.getMetadata().getName() + ": example.com is expired"));
        assertThat(OrderProgress.seen(placed(State.PENDING, APEX), view("invalid", "badCSR: no"), List.of(), NOW)
                        .reason())
                .isEqualTo("badCSR: no");
        assertThat(OrderProgress.seen(placed(State.PENDING, APEX), view("invalid"), List.of(), NOW)
                        .reason())
                .isEqualTo("the CA calls the order invalid and does not say why; it may have expired");
    }

    @Test
    void authorizationsAreReadOnceAndInTheirPlace() {
        var status = placed(State.PENDING, unread("https://ca.test/a"), APEX, unread("https://ca.test/b"));
        var read = OrderProgress.authorized(
                status,
                List.of(
                        authorizationView("https://ca.test/b", "deactivated", true),
                        authorizationView("https://ca.test/a", "valid", false),
                        authorizationView(APEX.url(), "invalid", false)));
        assertThat(read.authorizations())
                .containsExactly(
                        readAs("https://ca.test/a", State.VALID, false),
                        APEX,
                        readAs("https://ca.test/b", State.INVALID, true));
    }

    @Test
    void theCertificateEndsAllReasons() {
        assertThat(OrderProgress.issued(placed(State.PROCESSING, APEX).withReason("waiting"), "chain"))
                .isEqualTo(placed(State.VALID, APEX).withCertificate(Bytes.ofText("chain")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void nothingChangesAnOrderThatEnded(String name, UnaryOperator<OrderStatus> change) {
        var complete = placed(State.VALID, APEX).withCertificate(Bytes.ofText("chain"));
        assertThat(change.apply(complete)).isEqualTo(complete);
        var failed = placed(State.ERRORED, APEX).withReason("why").withFailureTime(Instant.EPOCH);
        assertThat(change.apply(failed)).isEqualTo(failed);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("placed", s -> OrderProgress.placed(s, view("pending"), NOW)),
                change("seen", s -> OrderProgress.seen(s, view("invalid"), List.of(), NOW)),
                change("authorized", s -> OrderProgress.authorized(s, List.of())),
                change("issued", s -> OrderProgress.issued(s, "another")),
                change("errored", s -> OrderProgress.errored(s, "again", NOW)),
                change("waiting", s -> OrderProgress.waiting(s, "for nothing")));
    }

    private static Arguments change(String name, UnaryOperator<OrderStatus> change) {
        return Arguments.of(name, change);
    }

    private static AuthorizationView authorizationView(String url, String status, boolean wildcard) {
        return new AuthorizationView(
                URI.create(url),
                status,
                "read.example",
                wildcard,
                List.of(new OfferedChallenge(URI.create(url + "/1"), "dns-01", "tok", "pending", Optional.empty())));
    }

    private static Authorization readAs(String url, State state, boolean wildcard) {
        return new Authorization(
                url,
                "read.example",
                wildcard,
                state,
                List.of(new dev.acme53.api.OfferedChallenge(url + "/1", "tok", "dns-01")));
    }

    private static Authorization unread(String url) {
        return new Authorization(url, null, null, null, null);
    }
}
