package dev.acme53.it.acme;

import static dev.acme53.it.acme.Accounts.failure;
import static dev.acme53.it.acme.Accounts.server;
import static dev.acme53.it.acme.Accounts.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeRequest;
import dev.acme53.acme.NewOrder;
import dev.acme53.acme.OfferedChallenge;
import dev.acme53.acme.OrderView;
import dev.acme53.fixture.Csrs;
import dev.acme53.names.DnsName;
import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.RecordChange;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.sim.Zone;
import dev.acme53.x509.BuiltCsr;
import dev.acme53.x509.CertificateChains;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.DecodedChain;
import dev.acme53.x509.DecodedCsr;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// From a new order to its chain at a strict CA that refuses one nonce in twenty and offers alternate chains.
class OrderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Simulator simulator;
    private static Zone zone;
    private static AcmeCa pebble;
    private static Accounts ours;
    private static AcmeAccount account;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorSettings.defaults());
        zone = simulator.createZone("example.com");
        pebble = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress())
                .withAuthorizationReuse(0)
                .withAlternateRoots(2)
                // As few labels as any name ordered: Pebble 2.10.1 crashes on a shorter name than a blocked one
                .withBlocked(List.of("blocked.test")));
        ours = new Accounts(Duration.ofSeconds(30));
        account = ours.registered(server(pebble));
    }

    @AfterAll
    static void stop() {
        pebble.close();
        simulator.close();
    }

    @Test
    void anOrderIsProvenFinalizedAndItsChainTaken() {
        var order = value(account.newOrder(order("example.com", "*.example.com")));
        assertThat(order.status()).isEqualTo("pending");
        assertThat(order.authorizations()).hasSize(2);
        assertThat(order.certificate()).isEmpty();
        assertSame(value(account.order(order.url())), order);
        prove(order);
        var ready = awaitStatus(order, "ready");
        var asked = ours.requests.size();
        var finalized = value(account.finalizeOrder(ready.url(), csr("example.com", "*.example.com")));
        assertThat(finalized.status()).isIn("processing", "valid");
        assertThat(ours.requests.subList(asked, ours.requests.size()))
                .filteredOn(r -> r.status() == 200 && r.method().equals("POST"))
                .extracting(AcmeRequest::action)
                .containsExactly("get_order", "create_order_cert");
        var valid = awaitStatus(order, "valid");
        assertThat(valid.certificate()).isPresent();
        assertSame(value(account.finalizeOrder(order.url(), csr("example.com", "*.example.com"))), valid);
        assertThat(names(value(account.certificate(valid, Optional.empty()))))
                .containsExactlyInAnyOrder("example.com", "*.example.com");
    }

    @Test
    void thePreferredChainIsFoundByTheIssuerOfItsLastCertificate() {
        var order = issued("chains.example.com");
        var roots = pebble.issuanceRoots();
        assertThat(roots).hasSize(3);
        var standard = last(value(account.certificate(order, Optional.empty())));
        assertThat(standard.getIssuerX500Principal()).isEqualTo(roots.getFirst().getSubjectX500Principal());
        for (var root : roots) {
            var preferred = commonName(root);
            var chain = value(account.certificate(order, Optional.of(preferred)));
            assertThat(last(chain).getIssuerX500Principal()).isEqualTo(root.getSubjectX500Principal());
        }
        assertThat(last(value(account.certificate(order, Optional.of("No Such Root")))))
                .isEqualTo(standard);
    }

    @Test
    void aWrongRequestIsRefusedForGood() {
        var order = value(account.newOrder(order("wrong.example.com")));
        prove(order);
        awaitStatus(order, "ready");
        assertThat(failure(account.finalizeOrder(order.url(), csr("other.example.com"))))
                .isInstanceOfSatisfying(AcmeFailure.Problem.class, p -> {
                    assertThat(p.type()).isIn("badCSR", "unauthorized", "malformed");
                    assertThat(p.message()).startsWith(p.type() + ": ");
                });
        assertThat(failure(account.finalizeOrder(order.url(), "no request".getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(AcmeFailure.Problem.class);
    }

    @Test
    void anOrderThatIsKnownToBeReadyIsFinalizedInOneRequest() {
        var order = value(account.newOrder(order("at-once.example.com")));
        prove(order);
        awaitStatus(order, "ready");
        var asked = ours.requests.size();
        var finalized = value(
                account.finalizeReady(order.url(), order.finalizeUrl().orElseThrow(), csr("at-once.example.com")));
        assertThat(finalized.status()).isIn("processing", "valid");
        assertThat(ours.requests.subList(asked, ours.requests.size()))
                .filteredOn(r -> r.status() == 200)
                .extracting(AcmeRequest::action)
                .containsExactly("create_order_cert");
        assertThat(awaitStatus(order, "valid").certificate()).isPresent();
    }

    @Test
    void aPendingOrderIsNotFinalized() {
        var order = value(account.newOrder(order("early.example.com")));
        assertThat(value(account.finalizeOrder(order.url(), csr("early.example.com"))))
                .isEqualTo(order);
        assertThat(failure(account.finalizeReady(
                        order.url(), order.finalizeUrl().orElseThrow(), csr("early.example.com"))))
                .isInstanceOfSatisfying(
                        AcmeFailure.Problem.class,
                        p -> assertThat(p.httpStatus()).isEqualTo(403));
        assertThat(failure(account.certificate(order, Optional.empty())))
                .isEqualTo(new AcmeFailure.NotSent("the order has no certificate, it is pending"));
    }

    @Test
    void aChallengeWithoutItsRecordSaysWhatIsMissing() {
        var order = value(account.newOrder(order("missing.example.com")));
        var authorization = value(account.authorization(order.authorizations().getFirst()));
        var challenge = dns01(authorization.challenges());
        assertThat(authorization.identifier()).isEqualTo("missing.example.com");
        assertThat(authorization.wildcard()).isFalse();
        value(account.accept(authorization.url(), challenge.url()));
        await().atMost(PATIENCE)
                .until(() -> value(account.authorization(authorization.url()))
                        .status()
                        .equals("invalid"));
        var failed = dns01(value(account.authorization(authorization.url())).challenges());
        assertThat(failed.status()).isEqualTo("invalid");
        assertThat(failed.error()).get().asString().contains("_acme-challenge.missing.example.com");
        var asked = ours.actions().size();
        assertThat(value(account.accept(authorization.url(), challenge.url()))).isEqualTo(failed);
        assertThat(ours.actions().subList(asked, ours.actions().size())).doesNotContain("accept_challenge");
    }

    @Test
    void aNameThatTheCaWillNotHaveIsRefusedForGood() {
        assertThat(failure(account.newOrder(order("blocked.test"))))
                .isInstanceOfSatisfying(
                        AcmeFailure.Problem.class, p -> assertThat(p.type()).isEqualTo("rejectedIdentifier"));
    }

    @Test
    void notAfterAndProfileAreSentAndAnUnknownProfileIsNot() {
        var notAfter = Instant.now().plus(20, ChronoUnit.DAYS);
        var wanted = new NewOrder(
                List.of(DnsName.of("profile.example.com")),
                List.of(),
                Optional.of(notAfter),
                Optional.of("shortlived"),
                Optional.empty());
        assertThat(value(account.newOrder(wanted)).status()).isEqualTo("pending");
        var unknown = new NewOrder(wanted.dns(), List.of(), Optional.empty(), Optional.of("eternal"), Optional.empty());
        assertThat(failure(account.newOrder(unknown)))
                .isEqualTo(new AcmeFailure.NotSent(
                        "the CA does not offer the profile \"eternal\", only default, shortlived"));
    }

    @Test
    void addressesAreIdentifiersToo() {
        var wanted = new NewOrder(
                List.of(), List.of("192.0.2.7", "2001:db8::7"), Optional.empty(), Optional.empty(), Optional.empty());
        var order = value(account.newOrder(wanted));
        assertThat(order.authorizations())
                .extracting(a -> value(account.authorization(a)).identifier())
                .containsExactlyInAnyOrder("192.0.2.7", "2001:db8::7");
    }

    @Test
    void anOrderIsMadeWithoutWhatItReplacesWhenTheCaDoesNotKnowThat() {
        var wanted = new NewOrder(
                List.of(DnsName.of("replaces.example.com")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE"));
        assertThat(value(account.newOrder(wanted)).status()).isEqualTo("pending");
    }

    @Test
    void urlsOfOtherHostsAreNotAsked() {
        var order = value(account.newOrder(order("foreign.example.com")));
        for (var url : List.of(
                "https://169.254.169.254/latest/meta-data",
                "http://127.0.0.1:" + pebble.directory().getPort() + "/order/1",
                "https://127.0.0.1:1/order/1",
                "https://user@127.0.0.1:" + pebble.directory().getPort() + "/order/1",
                "file:///etc/passwd",
                "order/1")) {
            var asked = ours.requests.size();
            assertThat(failure(account.order(URI.create(url)))).as(url).isInstanceOf(AcmeFailure.NotSent.class);
            assertThat(ours.requests.subList(asked, ours.requests.size()))
                    .noneMatch(r -> r.action().equals("get_order") && r.method().equals("POST"));
        }
        assertThat(failure(
                        account.accept(order.authorizations().getFirst(), URI.create("https://127.0.0.1:1/chall/1"))))
                .isEqualTo(new AcmeFailure.NotSent("the challenge is not one of its authorization's"));
    }

    @Test
    void anOrderThatIsNotThereIsRefusedForGood() {
        assertThat(failure(account.order(pebble.directory().resolve("/my-order/none"))))
                .isInstanceOfSatisfying(
                        AcmeFailure.Problem.class,
                        p -> assertThat(p.httpStatus()).isEqualTo(404));
    }

    @Test
    void manyCallsRunSideBySide() throws Exception {
        var discovered = ours.actions().stream().filter("discover"::equals).count();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var orders = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> value(account.newOrder(order("n" + i + ".example.com")))))
                    .toList();
            for (var order : orders) {
                assertThat(order.get().status()).isEqualTo("pending");
            }
        }
        assertThat(ours.actions().stream().filter("discover"::equals).count()).isEqualTo(discovered);
    }

    /// A strict Pebble shuffles the authorizations each time.
    private static void assertSame(OrderView one, OrderView other) {
        assertThat(one)
                .usingRecursiveComparison()
                .ignoringCollectionOrderInFields("authorizations")
                .isEqualTo(other);
    }

    private static NewOrder order(String... names) {
        return new NewOrder(
                List.of(names).stream().map(DnsName::of).toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static OrderView issued(String name) {
        var order = value(account.newOrder(order(name)));
        prove(order);
        awaitStatus(order, "ready");
        value(account.finalizeOrder(order.url(), csr(name)));
        return awaitStatus(order, "valid");
    }

    private static void prove(OrderView order) {
        for (var url : order.authorizations()) {
            var authorization = value(account.authorization(url));
            var challenge = dns01(authorization.challenges());
            simulator.submit(
                    zone,
                    new RecordChange(
                            RecordChange.Action.UPSERT,
                            RecordSet.challenge(
                                    "_acme-challenge." + authorization.identifier(),
                                    account.dns01Value(challenge.token()))));
            assertThat(value(account.accept(url, challenge.url())).status()).isIn("pending", "processing", "valid");
        }
    }

    private static OrderView awaitStatus(OrderView order, String status) {
        return await().atMost(PATIENCE)
                .until(() -> value(account.order(order.url())), o -> o.status().equals(status));
    }

    private static OfferedChallenge dns01(List<OfferedChallenge> challenges) {
        return challenges.stream()
                .filter(c -> c.type().equals("dns-01"))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] csr(String... names) {
        var built = (BuiltCsr.Built)
                CertificateSigningRequests.build(Csrs.template("", names), PrivateKeys.generate(KeySpec.ecdsa(256)));
        var decoded = (DecodedCsr.Decoded)
                CertificateSigningRequests.decode(built.pem().getBytes(StandardCharsets.US_ASCII));
        return decoded.csr().der().octets();
    }

    private static List<X509Certificate> chain(String pem) {
        var decoded = (DecodedChain.Decoded) CertificateChains.decode(pem.getBytes(StandardCharsets.US_ASCII));
        return decoded.certificates();
    }

    private static X509Certificate last(String pem) {
        return chain(pem).getLast();
    }

    private static List<String> names(String pem) {
        try {
            return chain(pem).getFirst().getSubjectAlternativeNames().stream()
                    .map(name -> name.get(1).toString())
                    .toList();
        } catch (CertificateParsingException e) {
            throw new AssertionError(e);
        }
    }

    private static String commonName(X509Certificate root) {
        return root.getSubjectX500Principal().getName().replaceFirst("^.*CN=([^,]*).*$", "$1");
    }
}
