package dev.acme53.it.acme;

import static dev.acme53.it.acme.Accounts.failure;
import static dev.acme53.it.acme.Accounts.value;
import static dev.acme53.it.acme.MisbehavingCa.json;
import static dev.acme53.it.acme.MisbehavingCa.problem;
import static dev.acme53.it.acme.MisbehavingCa.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeFailure.Problem;
import dev.acme53.acme.AcmeFailure.RateLimited;
import dev.acme53.acme.AcmeFailure.Transient;
import dev.acme53.acme.AcmeRequest;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.OrderView;
import dev.acme53.acme.Registration;
import java.net.InetAddress;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A CA in trouble, or one that is none: whatever it answers is a value, in time, and nothing hangs.
class MisbehavingCaIT {
    private static final KeyPair KEY = Accounts.key();
    private static final Registration PLAIN = new Registration(Optional.empty(), Optional.empty());

    private final MisbehavingCa ca = new MisbehavingCa("127.0.0.1");
    private final Accounts ours = new Accounts(Duration.ofSeconds(2));
    private AcmeAccount account;

    @BeforeEach
    void register() {
        var at = ca.named();
        account = ours.accounts.login(
                at, KEY, value(ours.accounts.register(at, KEY, PLAIN)).url());
    }

    @AfterEach
    void stop() {
        ca.close();
    }

    private AcmeResult<OrderView> ask() {
        return account.order(ca.url("/order/1"));
    }

    @Test
    void troubleIsTriedAgainWhenTheCaSays() {
        ca.on("/order/1", problem(503, "serverInternal", "Retry-After", "120"));
        assertThat(failure(ask())).isInstanceOfSatisfying(Transient.class, t -> {
            assertThat(t.message()).isEqualTo("serverInternal: because");
            assertThat(t.retryAfter().orElseThrow())
                    .isCloseTo(Instant.now().plusSeconds(120), within(20, ChronoUnit.SECONDS));
        });
        ca.on("/order/1", with(502, "text/html", "<html>bad gateway 4711</html>"));
        assertThat(failure(ask())).isEqualTo(new Transient("HTTP 502 from " + ca.url("/dir"), Optional.empty()));
    }

    @Test
    void aRateLimitIsOneWithOrWithoutProblemDocument() {
        ca.on("/order/1", problem(429, "rateLimited", "Retry-After", "60"));
        assertThat(failure(ask())).isInstanceOfSatisfying(RateLimited.class, r -> {
            assertThat(r.message()).isEqualTo("rateLimited: because");
            assertThat(r.retryAfter()).isPresent();
        });
        ca.on("/order/1", with(429, "text/plain", "slow down"));
        assertThat(failure(ask())).isEqualTo(new RateLimited("HTTP 429 from " + ca.url("/dir"), Optional.empty()));
    }

    @Test
    void aRefusalIsForGoodWhateverItsForm() {
        ca.on("/order/1", with(403, "text/plain", "no"));
        assertThat(failure(ask())).isEqualTo(new Problem(403, "", "HTTP 403 from " + ca.url("/dir")));
        ca.on("/order/1", with(403, "application/problem+json", "{\"type\": \"not a uri\"}"));
        assertThat(failure(ask())).isNotNull();
        ca.on("/order/1", with(403, "application/problem+json", "no json"));
        assertThat(failure(ask())).isNotNull();
    }

    @Test
    void noncesThatAreRefusedForEverEndTheCall() {
        ca.on("/order/1", problem(400, "badNonce"));
        assertThat(failure(ask())).isEqualTo(new Transient("badNonce", Optional.empty()));
        assertThat(ca.asked).filteredOn("POST /order/1"::equals).hasSizeBetween(2, 20);
    }

    @Test
    void aRetryAfterComesWithTheAnswerAndAnUnreadableOneDoesNoHarm() {
        ca.on("/order/1", json(200, ca.order(), "Retry-After", "3"));
        assertThat(ask())
                .isInstanceOfSatisfying(
                        AcmeResult.Answer.class,
                        a -> assertThat((Optional<?>) a.retryAfter()).isPresent());
        ca.on("/order/1", json(200, ca.order(), "Retry-After", "3.5 or so"));
        assertThat(ask())
                .isInstanceOfSatisfying(
                        AcmeResult.Answer.class,
                        a -> assertThat((Optional<?>) a.retryAfter()).isEmpty());
    }

    @Test
    void anAnswerThatIsNoOrderIsTriedAgain() {
        for (var body : new String[] {"", "{}", "[]", "no json", "{\"status\": \"valid\", \"finalize\": \"§ §\"}"}) {
            ca.on("/order/1", json(200, body));
            assertThat(failure(ask()))
                    .as(body)
                    .isEqualTo(new Transient(ca.url("/dir") + " does not answer as an ACME server", Optional.empty()));
        }
    }

    @Test
    void anAnswerWithoutEndIsGivenUpInTime() {
        var end = new CountDownLatch(1);
        ca.on("/order/1", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var started = Instant.now();
        assertThat(failure(ask())).isEqualTo(new Transient(ca.url("/dir") + ": no answer in time", Optional.empty()));
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(ours.requests.getLast())
                .extracting(AcmeRequest::action, AcmeRequest::status)
                .containsExactly("get_order", 999);
        end.countDown();
    }

    @Test
    void anAnswerWithoutMeasureIsGivenUp() {
        ca.on("/order/1", json(200, "{\"status\": \"" + "x".repeat(2_000_000) + "\"}"));
        assertThat(failure(ask()))
                .isEqualTo(new Transient(ca.url("/dir") + ": the connection broke", Optional.empty()));
    }

    @Test
    void aSignedRequestIsNotSentOnToWhereARedirectPoints() {
        ca.on("/order/1", json(307, "", "Location", ca.url("/order/2").toString()));
        ca.on("/order/2", json(200, ca.order()));
        assertThat(failure(ask())).isInstanceOf(Transient.class);
        assertThat(ca.asked).doesNotContain("POST /order/2");
    }

    @Test
    void aDirectoryThatMovedIsFoundUnlessItLeavesTls() {
        ca.on("/old", json(301, "", "Location", "/dir"));
        var moved = new AcmeServer(ca.url("/old"), ca.named().caBundlePem(), false);
        assertThat(value(ours.accounts.register(moved, KEY, PLAIN)).url()).isEqualTo(ca.url("/account/1"));
        ca.on("/plain", json(301, "", "Location", ca.url("/dir").toString().replace("https:", "http:")));
        var plain = new AcmeServer(ca.url("/plain"), ca.named().caBundlePem(), false);
        assertThat(failure(ours.accounts.register(plain, KEY, PLAIN))).isInstanceOf(Transient.class);
    }

    @Test
    void aDirectoryThatMovedToAMetadataAddressIsNotFollowed() {
        ca.on("/lured", json(302, "", "Location", "https://169.254.169.254/latest/meta-data"));
        var lured = new AcmeServer(ca.url("/lured"), ca.named().caBundlePem(), false);
        assertThat(failure(ours.accounts.register(lured, KEY, PLAIN)))
                .isEqualTo(new AcmeFailure.NotSent("https://169.254.169.254, where the CA at " + ca.url("/lured")
                        + " leads, is a link-local or metadata address, so it is not asked"));
    }

    @Test
    void aCaWhoseNameLeadsToAMetadataAddressIsNotAsked() {
        var lured =
                new Accounts(Duration.ofSeconds(2), _ -> new InetAddress[] {InetAddress.ofLiteral("169.254.169.254")});
        var named = new AcmeServer(URI.create("https://ca.example/dir"), Optional.empty(), false);
        assertThat(failure(lured.accounts.register(named, KEY, PLAIN)))
                .isEqualTo(
                        new AcmeFailure.NotSent("https://ca.example, where the CA at https://ca.example/dir leads, is"
                                + " a link-local or metadata address, so it is not asked"));
        assertThat(lured.requests).isEmpty();
    }

    @Test
    void aPageThatIsNoDirectoryIsToldAsSuch() {
        ca.on("/page", with(200, "text/html", "<html>Welcome</html>"));
        ca.on("/other", json(200, "{\"hello\": \"world\"}"));
        for (var path : new String[] {"/page", "/other"}) {
            var page = new AcmeServer(ca.url(path), ca.named().caBundlePem(), false);
            assertThat(failure(ours.accounts.register(page, KEY, PLAIN)))
                    .isEqualTo(new Transient(ca.url(path) + " does not answer as an ACME server", Optional.empty()));
        }
        var nothing = new AcmeServer(ca.url("/none"), ca.named().caBundlePem(), false);
        assertThat(failure(ours.accounts.register(nothing, KEY, PLAIN))).isInstanceOf(Problem.class);
    }

    @Test
    void aCaThatIsAwayIsTriedAgainWithTheSameWords() {
        ca.close();
        var first = failure(ask());
        assertThat(first).isInstanceOf(Transient.class);
        assertThat(failure(ask())).isEqualTo(first);
    }

    @Test
    void aCertificateForAnotherNameIsNotTaken() {
        try (var other = new MisbehavingCa("elsewhere.example")) {
            assertThat(failure(ours.accounts.register(other.named(), KEY, PLAIN)))
                    .isEqualTo(new Transient(
                            other.url("/dir") + ": its TLS certificate is not for this host name", Optional.empty()));
        }
    }

    @Test
    void aHostThatDoesNotExistIsToldAsSuch() {
        var nowhere = new AcmeServer(URI.create("https://ca.invalid/dir"), Optional.empty(), false);
        assertThat(failure(ours.accounts.register(nowhere, KEY, PLAIN)))
                .isEqualTo(new Transient("https://ca.invalid/dir: the host name cannot be resolved", Optional.empty()));
    }

    @Test
    void aCallThatIsInterruptedEndsAtOnce() throws Exception {
        var started = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        ca.on("/order/1", _ -> {
            started.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var result = new CompletableFuture<AcmeFailure>();
        var call = Thread.ofVirtual().start(() -> result.complete(failure(ask())));
        started.await();
        call.interrupt();
        assertThat(result.get()).isInstanceOf(Transient.class);
        end.countDown();
    }
}
