package dev.acme53.order;

import static dev.acme53.order.AnOrder.certified;
import static dev.acme53.order.AnOrder.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.account.AccountLogins.Login;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AuthorizationView;
import dev.acme53.acme.NewOrder;
import dev.acme53.acme.OfferedChallenge;
import dev.acme53.acme.OrderView;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.OrderStatus;
import dev.acme53.names.DnsName;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaCallsTest {
    private static final URI ORDER = URI.create("https://ca.test/order/1");
    private static final URI FINALIZE = URI.create("https://ca.test/finalize/1");
    private static final AcmeFailure EARLY = new AcmeFailure.Problem(403, "orderNotReady", "not ready");
    private static final AcmeFailure BAD_CSR = new AcmeFailure.Problem(400, "badCSR", "bad");
    private static final AcmeFailure MALFORMED = new AcmeFailure.Problem(400, "malformed", "valid already");
    private static final AcmeFailure AWAY = new AcmeFailure.Transient("connection refused", Optional.empty());
    private static final NewOrder WANTED = new NewOrder(
            List.of(DnsName.of("example.com")), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    private final ClusterIssuer issuer = AnOrder.issuer(AnOrder.ROUTE53);
    private final FakeAccount account = new FakeAccount();
    private final CaCalls ca = new CaCalls(_ -> new Login.Ready(account));

    @Test
    void aNewOrderIsStoredByTheCallThatMakesIt() throws Exception {
        account.orders.add(new AcmeResult.Answer<>(view("pending")));
        var stored = AnOrder.with(OrderStatus.empty());
        assertThat(ca.place(issuer, WANTED, _ -> Optional.of(stored)))
                .isEqualTo(new CaAnswer.Placed(view("pending"), Optional.of(stored)));
        assertThat(account.asked).containsExactly("newOrder [example.com]");
    }

    @Test
    void aNewOrderThatCannotBeStoredIsNotLost() throws Exception {
        account.orders.add(new AcmeResult.Answer<>(view("pending")));
        var answer = ca.place(issuer, WANTED, _ -> {
            throw new KubernetesClientException("away");
        });
        assertThat(answer).isEqualTo(new CaAnswer.Placed(view("pending"), Optional.empty()));
    }

    @Test
    void withoutALoginNothingIsAsked() throws Exception {
        var none = new CaCalls(_ -> new Login.NotReady("ClusterIssuer \"le\" is not ready"));
        assertThat(none.look(issuer, ORDER))
                .isEqualTo(new CaAnswer.NoLogin("ClusterIssuer \"le\" is not ready", issuer));
        assertThat(account.asked).isEmpty();
    }

    @Test
    void authorizationsComeWithTheKeysOfTheirDns01Challenges() throws Exception {
        var a = authorization("a");
        var b = authorization("b");
        assertThat(ca.authorizations(issuer, List.of(a.url(), b.url())))
                .isEqualTo(new CaAnswer.Authorized(
                        List.of(a, b), Map.of("dns-a", "value of dns-a", "dns-b", "value of dns-b")));
    }

    @Test
    void oneAuthorizationThatIsRefusedRefusesAll() throws Exception {
        var a = authorization("a");
        var gone = URI.create("https://ca.test/authz/gone");
        account.authorizations.put(gone, FakeAccount.refusal(AWAY));
        assertThat(ca.authorizations(issuer, List.of(a.url(), gone))).isEqualTo(new CaAnswer.Refused(AWAY));
    }

    @Test
    void anOrderThatIsValidAtOnceIsDownloadedAtOnce() throws Exception {
        finalizing(new AcmeResult.Answer<>(certified()));
        assertThat(finish()).isEqualTo(new CaAnswer.Issued("chain"));
        assertThat(account.asked).containsExactly("finalize " + ORDER, "certificate " + ORDER);
    }

    @Test
    void anOrderThatIsProcessingIsSeenWithTheMomentToComeBack() throws Exception {
        finalizing(new AcmeResult.Answer<>(view("processing"), Optional.of(Instant.EPOCH)));
        assertThat(finish()).isEqualTo(new CaAnswer.Seen(view("processing"), Optional.of(Instant.EPOCH)));
    }

    @Test
    void aRequestThatCameTooEarlyIsNoFailure() throws Exception {
        finalizing(FakeAccount.refusal(EARLY));
        account.orders.add(new AcmeResult.Answer<>(view("pending")));
        assertThat(finish()).isEqualTo(new CaAnswer.Seen(view("pending"), Optional.empty()));
    }

    @Test
    void aRequestThatWasMadeBeforeLeadsToTheCertificate() throws Exception {
        finalizing(FakeAccount.refusal(EARLY));
        account.orders.add(new AcmeResult.Answer<>(certified()));
        assertThat(finish()).isEqualTo(new CaAnswer.Issued("chain"));
    }

    @Test
    void aReadyOrderThatMayNotBeFinalizedIsRefused() throws Exception {
        finalizing(FakeAccount.refusal(EARLY));
        account.orders.add(new AcmeResult.Answer<>(view("ready")));
        assertThat(finish()).isEqualTo(new CaAnswer.Refused(EARLY));
    }

    @Test
    void anOrderThatBecameInvalidIsSeen() throws Exception {
        finalizing(FakeAccount.refusal(EARLY));
        account.orders.add(new AcmeResult.Answer<>(view("invalid")));
        assertThat(finish()).isEqualTo(new CaAnswer.Seen(view("invalid"), Optional.empty()));
    }

    @Test
    void anOrderThatBecameInvalidBecauseOfTheRequestSaysWhy() throws Exception {
        finalizing(FakeAccount.refusal(BAD_CSR));
        account.orders.add(new AcmeResult.Answer<>(view("invalid")));
        assertThat(finish()).isEqualTo(new CaAnswer.Seen(view("invalid", "bad"), Optional.empty()));
        finalizing(FakeAccount.refusal(BAD_CSR));
        account.orders.add(new AcmeResult.Answer<>(view("invalid", "caa: no")));
        assertThat(finish()).isEqualTo(new CaAnswer.Seen(view("invalid", "caa: no"), Optional.empty()));
    }

    @Test
    void aCaThatSaysOtherwiseThatTheRequestWasMadeBeforeLeadsToTheCertificate() throws Exception {
        finalizing(FakeAccount.refusal(MALFORMED));
        account.orders.add(new AcmeResult.Answer<>(certified()));
        assertThat(finish()).isEqualTo(new CaAnswer.Issued("chain"));
    }

    @Test
    void aReadyOrderWhoseRequestIsBadIsRefused() throws Exception {
        finalizing(FakeAccount.refusal(BAD_CSR));
        account.orders.add(new AcmeResult.Answer<>(view("ready")));
        assertThat(finish()).isEqualTo(new CaAnswer.Refused(BAD_CSR));
    }

    @Test
    void aRefusalStandsWhenTheOrderIsNotShown() throws Exception {
        finalizing(FakeAccount.refusal(BAD_CSR));
        account.orders.add(FakeAccount.refusal(MALFORMED));
        assertThat(finish()).isEqualTo(new CaAnswer.Refused(BAD_CSR));
    }

    @ParameterizedTest
    @MethodSource("laters")
    void aRefusalDoesNotStandBeforeTheOrderCouldBeRead(AcmeFailure later) throws Exception {
        finalizing(FakeAccount.refusal(EARLY));
        account.orders.add(FakeAccount.refusal(later));
        assertThat(finish()).isEqualTo(new CaAnswer.Refused(later));
    }

    @ParameterizedTest
    @MethodSource("laters")
    void aCaThatHasNoTimeIsNotAskedMore(AcmeFailure later) throws Exception {
        finalizing(FakeAccount.refusal(later));
        assertThat(ca.finish(issuer, ORDER, Optional.of(FINALIZE), new byte[] {1}))
                .isEqualTo(new CaAnswer.Refused(later));
        assertThat(account.asked).containsExactly("finalize " + ORDER + " at " + FINALIZE);
    }

    static Stream<AcmeFailure> laters() {
        return Stream.of(AWAY, new AcmeFailure.RateLimited("too many", Optional.of(Instant.EPOCH)));
    }

    @Test
    void aValidOrderThatShowsNoCertificateYetIsReadAgain() throws Exception {
        finalizing(new AcmeResult.Answer<>(view("valid"), Optional.of(Instant.EPOCH)));
        assertThat(finish()).isEqualTo(new CaAnswer.Seen(view("valid"), Optional.of(Instant.EPOCH)));
        assertThat(account.asked).containsExactly("finalize " + ORDER);
    }

    @Test
    void anOrderThatMustBeReadyIsNotReadBefore() throws Exception {
        finalizing(new AcmeResult.Answer<>(certified()));
        assertThat(ca.finish(issuer, ORDER, Optional.of(FINALIZE), new byte[] {1}))
                .isEqualTo(new CaAnswer.Issued("chain"));
        assertThat(account.asked).containsExactly("finalize " + ORDER + " at " + FINALIZE, "certificate " + ORDER);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void anOrderThatMustBeReadyAndCannotBeFinalizedIsRead(AcmeFailure refusal) throws Exception {
        finalizing(FakeAccount.refusal(refusal));
        finalizing(new AcmeResult.Answer<>(view("processing")));
        assertThat(ca.finish(issuer, ORDER, Optional.of(FINALIZE), new byte[] {1}))
                .isEqualTo(new CaAnswer.Seen(view("processing"), Optional.empty()));
        assertThat(account.asked).containsExactly("finalize " + ORDER + " at " + FINALIZE, "finalize " + ORDER);
    }

    @Test
    void anUnreadOrderThatBecameInvalidBecauseOfTheRequestSaysWhy() throws Exception {
        finalizing(FakeAccount.refusal(BAD_CSR));
        finalizing(new AcmeResult.Answer<>(view("invalid")));
        assertThat(ca.finish(issuer, ORDER, Optional.of(FINALIZE), new byte[] {1}))
                .isEqualTo(new CaAnswer.Seen(view("invalid", "bad"), Optional.empty()));
    }

    @Test
    void whatRefusedTheRequestFirstStandsWhenTheOrderCannotBeReadForGood() throws Exception {
        finalizing(FakeAccount.refusal(BAD_CSR));
        finalizing(FakeAccount.refusal(MALFORMED));
        account.orders.add(FakeAccount.refusal(MALFORMED));
        assertThat(ca.finish(issuer, ORDER, Optional.of(FINALIZE), new byte[] {1}))
                .isEqualTo(new CaAnswer.Refused(BAD_CSR));
    }

    static Stream<AcmeFailure> refusals() {
        return Stream.of(EARLY, MALFORMED, BAD_CSR);
    }

    @Test
    void aChainThatCannotBeFetchedIsRefused() throws Exception {
        finalizing(new AcmeResult.Answer<>(certified()));
        account.chain = FakeAccount.refusal(AWAY);
        assertThat(finish()).isEqualTo(new CaAnswer.Refused(AWAY));
    }

    @Test
    void theIssuersPreferredChainIsAskedFor() throws Exception {
        issuer.setSpec(new IssuerSpec(
                new AcmeIssuer(
                        null,
                        "https://ca.test/dir",
                        "Old Root",
                        null,
                        false,
                        null,
                        null,
                        null,
                        false,
                        false,
                        null,
                        null),
                null));
        finalizing(new AcmeResult.Answer<>(certified()));
        finish();
        assertThat(account.asked).contains("certificate " + ORDER + " Old Root");
    }

    private void finalizing(AcmeResult<OrderView> result) {
        account.finalizations.add(result);
    }

    private CaAnswer finish() throws InterruptedException {
        return ca.finish(issuer, ORDER, Optional.empty(), new byte[] {1});
    }

    private AuthorizationView authorization(String name) {
        var url = URI.create("https://ca.test/authz/" + name);
        var view = new AuthorizationView(
                url,
                "pending",
                name + ".example",
                false,
                List.of(offered(url, "http-01", "http-" + name), offered(url, "dns-01", "dns-" + name)));
        account.authorizations.put(url, new AcmeResult.Answer<>(view));
        return view;
    }

    private static OfferedChallenge offered(URI authorization, String type, String token) {
        return new OfferedChallenge(URI.create(authorization + "/" + type), type, token, "pending", Optional.empty());
    }
}
