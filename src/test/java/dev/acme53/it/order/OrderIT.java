package dev.acme53.it.order;

import static dev.acme53.it.stages.ChallengePlayer.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acme53.acme.AcmeAccount;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateRequestSpec;
import dev.acme53.api.Challenge;
import dev.acme53.api.Dns01Solver;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.Preserved;
import dev.acme53.api.Solver;
import dev.acme53.api.SolverSelector;
import dev.acme53.api.State;
import dev.acme53.fixture.Csrs;
import dev.acme53.it.stages.ChallengePlayer;
import dev.acme53.it.stages.Events;
import dev.acme53.it.stages.RunningStages;
import dev.acme53.it.stages.SomeCertificate;
import dev.acme53.it.stages.TestCa;
import dev.acme53.order.OrderStage;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Zone;
import dev.acme53.x509.CertificateChains;
import dev.acme53.x509.DecodedChain;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// behaviour.md §3, with the Challenge stage played.
class OrderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final KubernetesApi KUBERNETES = TestServers.kubernetes();
    private static final TestCa CA =
            new TestCa(pebble -> pebble.withBlocked(List.of("blocked.example")).withAuthorizationReuse(0));
    private static final Zone ZONE = CA.zone("order.test");
    private static final KeyPair KEY = PrivateKeys.generate(KeySpec.ecdsa(256));

    private final KubernetesClient client = KUBERNETES.client();
    private final TestNamespace namespace = KUBERNETES.freshNamespace();
    private final long ordersBefore = CA.orders();
    private AcmeAccount account;

    @BeforeEach
    void prepare() {
        CA.readyIssuer(client, namespace);
        account = CA.account(client, namespace);
    }

    @AfterEach
    void cleanUp() {
        namespace.close();
        client.close();
    }

    @AfterAll
    static void stop() {
        CA.close();
    }

    @Test
    void anApexAndItsWildcardAreProvenAndCertified() {
        try (var _ = stages();
                var _ = player(true)) {
            create("happy.order.test", "*.happy.order.test");
            var order = awaited(o -> !o.statusOrEmpty().certificate().isEmpty());
            assertThat(order.statusOrEmpty().state()).isEqualTo(State.VALID);
            assertThat(order.statusOrEmpty().reason()).isEmpty();
            assertThat(order.statusOrEmpty().authorizations())
                    .extracting(a -> a.identifier() + " " + a.wildcard() + " " + a.initialState())
                    .containsExactlyInAnyOrder("happy.order.test false PENDING", "happy.order.test true PENDING");
            assertThat(CertificateChains.decode(
                            order.statusOrEmpty().certificate().toArray()))
                    .isInstanceOfSatisfying(
                            DecodedChain.Decoded.class,
                            chain -> assertThat(PrivateKeys.same(
                                            chain.certificates().getFirst().getPublicKey(), KEY.getPublic()))
                                    .isTrue());
            await().atMost(PATIENCE).until(() -> challenges().isEmpty());
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(Events.about(order.getMetadata().getUid(), client, namespace))
                                    .extracting(Event::getReason)
                                    .containsExactlyInAnyOrder("Created", "Created", "Complete"));
        }
    }

    @Test
    void aChallengeSaysAllThatItsStageNeeds() {
        try (var _ = stages()) {
            var order = create("*.shape.order.test");
            await().atMost(PATIENCE).until(() -> challenges().size() == 1);
            var challenge = challenges().getFirst();
            var authorization = order().statusOrEmpty().authorizations().getFirst();
            var offered = authorization.challenges().stream()
                    .filter(c -> c.type().equals("dns-01"))
                    .findFirst()
                    .orElseThrow();
            var spec = challenge.getSpec();
            assertThat(spec.dnsName()).isEqualTo("shape.order.test");
            assertThat(spec.wildcard()).isTrue();
            assertThat(spec.authorizationURL()).isEqualTo(authorization.url());
            assertThat(spec.url()).isEqualTo(offered.url());
            assertThat(spec.token()).isEqualTo(offered.token());
            assertThat(spec.key()).isEqualTo(account.dns01Value(offered.token()));
            assertThat(spec.issuerRef()).isEqualTo(order.getSpec().issuerRef());
            assertThat(spec.isServed()).isTrue();
            assertThat(challenge.getMetadata().getFinalizers()).isEmpty();
            assertThat(challenge.getMetadata().getLabels()).isNullOrEmpty();
            assertThat(OwnerReferences.isControlledBy(challenge, order)).isTrue();
            assertThat(challenge.getMetadata().getManagedFields())
                    .anyMatch(field -> field.getManager().equals("cert-manager-orders"));
        }
    }

    /// Where the stage is killed.
    enum Moment {
        PLACED(o -> !o.statusOrEmpty().url().isEmpty()),
        READ(o -> o.statusOrEmpty().authorizations().stream()
                .anyMatch(a -> !a.identifier().isEmpty())),
        PROVEN(_ -> true);

        private final Predicate<Order> reached;

        Moment(Predicate<Order> reached) {
            this.reached = reached;
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void aRestartNeverOrdersTwice(Moment moment) {
        try (var _ = stages()) {
            create(moment.name().toLowerCase(Locale.ROOT) + ".restart.order.test");
            awaited(moment.reached);
            if (moment == Moment.PROVEN) {
                await().atMost(PATIENCE).until(() -> challenges().size() == 1);
            }
        }
        var url = order().statusOrEmpty().url();
        try (var _ = player(true)) {
            if (moment == Moment.PROVEN) {
                await().atMost(PATIENCE)
                        .until(() -> challenges().getFirst().statusOrEmpty().state() == State.VALID);
            }
            try (var _ = stages()) {
                var order = awaited(o -> !o.statusOrEmpty().certificate().isEmpty());
                assertThat(order.statusOrEmpty().url()).isEqualTo(url);
            }
        }
        assertThat(CA.orders() - ordersBefore).isEqualTo(1);
    }

    /// The CA has done `last`, and the stage ends before it learns of that, or before it stores what it learnt.
    @ParameterizedTest
    @ValueSource(strings = {"create_order_cert", "fetch_cert"})
    void whatTheCaHasCertifiedBeforeARestartIsTakenAfterIt(String last) throws InterruptedException {
        var certifiedBefore = CA.answered("create_order_cert", 200);
        var done = new CountDownLatch(1);
        CA.observeBy(request -> {
            if (TestCa.isAnswered(request, last, 200)) {
                done.countDown();
                RunningStages.sayNothing();
            }
        });
        try (var _ = player(true)) {
            try (var _ = stages()) {
                create(last.replace('_', '-') + ".restart.order.test");
                assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } finally {
                CA.observeBy(_ -> {});
            }
            assertThat(order().statusOrEmpty().certificate().isEmpty()).isTrue();
            try (var _ = stages()) {
                var order = awaited(o -> {
                    var state = o.statusOrEmpty().state();
                    return state != null && state.isFinal();
                });
                assertThat(order.statusOrEmpty().state())
                        .as(order.statusOrEmpty().reason())
                        .isEqualTo(State.VALID);
                assertThat(order.statusOrEmpty().certificate().isEmpty()).isFalse();
            }
        }
        assertThat(CA.orders() - ordersBefore).isEqualTo(1);
        assertThat(CA.answered("create_order_cert", 200) - certifiedBefore).isEqualTo(1);
    }

    @Test
    void aNameThatTheCaRefusesErrorsTheOrderAndSaysWhy() {
        try (var _ = stages()) {
            create("www.blocked.example");
            var order = awaited(o -> o.statusOrEmpty().state() == State.ERRORED);
            assertThat(order.statusOrEmpty().reason())
                    .contains("rejectedIdentifier")
                    .contains("www.blocked.example");
            assertThat(order.statusOrEmpty().failureTime()).isNotNull();
            assertThat(order.statusOrEmpty().url()).isEmpty();
        }
    }

    @Test
    void aProofThatFailsMakesTheOrderInvalidWithTheChallengesReason() {
        try (var _ = stages();
                var _ = player(false)) {
            create("wrong.order.test");
            var order = awaited(o -> o.statusOrEmpty().state() == State.INVALID);
            assertThat(order.statusOrEmpty().reason())
                    .isEqualTo(challenges().getFirst().getMetadata().getName() + ": wrong TXT value");
            assertThat(challenges()).as("they stay, to be read").hasSize(1);
        }
    }

    @Test
    void aChallengeThatErredHereErrorsTheOrderInsteadOfStallingIt() {
        try (var _ = stages()) {
            create("erred.order.test");
            await().atMost(PATIENCE).until(() -> challenges().size() == 1);
            set(client, challenges().getFirst(), State.ERRORED, "no such zone");
            var order = awaited(o -> o.statusOrEmpty().state() == State.ERRORED);
            assertThat(order.statusOrEmpty().reason())
                    .isEqualTo(challenges().getFirst().getMetadata().getName() + ": no such zone");
        }
    }

    @Test
    void withoutASolverTheOrderWaitsForTheIssuerToGetOne() {
        solvers(solver("other.test"));
        try (var _ = stages();
                var _ = player(true)) {
            create("nosolver.order.test");
            var order = awaited(o -> !o.statusOrEmpty().reason().isEmpty());
            var text = "no solver of Issuer \"le\" fits nosolver.order.test: add one to spec.acme.solvers, or widen a"
                    + " selector there";
            assertThat(order.statusOrEmpty().reason()).isEqualTo(text);
            assertThat(order.statusOrEmpty().state()).isEqualTo(State.PENDING);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(Events.about(order.getMetadata().getUid(), client, namespace))
                                    .extracting(e -> e.getType() + " " + e.getReason() + " " + e.getMessage())
                                    .containsExactly("Warning Solver " + text));
            solvers(solver("order.test"));
            assertThat(awaited(o -> !o.statusOrEmpty().certificate().isEmpty())
                            .statusOrEmpty()
                            .reason())
                    .isEmpty();
        }
    }

    @Test
    void aSolverThatIsNotOursIsLeftAloneAndTheCertificateSaysSo() {
        var cloudDns = new Dns01Solver(
                null, null, null, Map.of("cloudDNS", new Preserved(JsonNodeFactory.instance.objectNode())));
        solvers(new Solver(null, null, cloudDns, null, null));
        var certificate = ownedByACertificate();
        try (var _ = stages()) {
            var order = create(orderOf("theirs.order.test"), certificate.request);
            var text =
                    "the solver that Issuer \"le\" has for theirs.order.test is DNS01 by cloudDNS, which is not served"
                            + " here: give the name a solver with dns01.route53";
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    Stream.of(order.getMetadata().getUid(), certificate.uid)
                                            .flatMap(uid -> Events.about(uid, client, namespace).stream()))
                            .extracting(e -> e.getInvolvedObject().getKind() + " " + e.getType() + " " + e.getReason()
                                    + " " + e.getMessage())
                            .containsExactlyInAnyOrder(
                                    "Order Warning SolverNotServed " + text,
                                    "Certificate Warning SolverNotServed " + text));
            assertThat(challenges()).isEmpty();
            assertThat(awaited(o -> !o.statusOrEmpty().reason().isEmpty())
                            .statusOrEmpty()
                            .state())
                    .isEqualTo(State.PENDING);
        }
    }

    @Test
    void aCaThatIsAwayIsAskedAgainLater() {
        CA.pebble().stop();
        try (var _ = stages()) {
            create("away.order.test");
            var order = awaited(o -> !o.statusOrEmpty().reason().isEmpty());
            assertThat(order.statusOrEmpty().state()).isNull();
            assertThat(order.statusOrEmpty().reason()).startsWith("the CA is asked again later: ");
        } finally {
            CA.pebble().restart();
        }
    }

    @Test
    void aChallengeThatIsDeletedAsSoonAsItIsThereIsMadeAnew() {
        try (var _ = stages()) {
            create("anew.order.test");
            await().atMost(PATIENCE).until(() -> challenges().size() == 1);
            var first = challenges().getFirst();
            client.resource(first).delete();
            // ten seconds later it would be without any event
            await().atMost(Duration.ofSeconds(7))
                    .until(() -> challenges().stream()
                            .anyMatch(c -> !c.getMetadata()
                                    .getUid()
                                    .equals(first.getMetadata().getUid())));
        }
    }

    private RunningStages stages() {
        return new RunningStages(
                KUBERNETES,
                namespace,
                context -> List.of(OrderStage.of(context, CA.logins(context.client(), namespace))));
    }

    private ChallengePlayer player(boolean honest) {
        return new ChallengePlayer(client, namespace, account, CA.simulator(), ZONE, honest);
    }

    private Order create(String... dnsNames) {
        return client.resource(orderOf(dnsNames)).create();
    }

    private Order create(Order order, CertificateRequest owner) {
        order.getMetadata().setOwnerReferences(List.of(OwnerReferences.controlledBy(owner)));
        return client.resource(order).create();
    }

    private Order orderOf(String... dnsNames) {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withName("order")
                .withNamespace(namespace.name())
                .build());
        order.setSpec(new OrderSpec(
                Csrs.pem(KEY, dnsNames),
                new IssuerRef(TestCa.ISSUER, null, null),
                null,
                List.of(dnsNames),
                null,
                null,
                null,
                null));
        return order;
    }

    private Owned ownedByACertificate() {
        var owner = SomeCertificate.create(client, namespace, "c");
        var request = new CertificateRequest();
        request.setMetadata(new ObjectMetaBuilder()
                .withName("c-1")
                .withNamespace(namespace.name())
                .withOwnerReferences(OwnerReferences.controlledBy(owner))
                .build());
        request.setSpec(new CertificateRequestSpec(
                null,
                new IssuerRef(TestCa.ISSUER, null, null),
                Csrs.pem(KEY, "theirs.order.test"),
                false,
                null,
                null,
                null,
                null,
                null));
        return new Owned(owner.getMetadata().getUid(), client.resource(request).create());
    }

    private record Owned(String uid, CertificateRequest request) {}

    private void solvers(Solver... solvers) {
        CA.solvers(client, namespace, solvers);
    }

    private static Solver solver(String zone) {
        return TestCa.route53(new SolverSelector(null, null, List.of(zone)));
    }

    private Order order() {
        return client.resources(Order.class)
                .inNamespace(namespace.name())
                .withName("order")
                .get();
    }

    private Order awaited(Predicate<Order> state) {
        return await().atMost(PATIENCE).until(this::order, state::test);
    }

    private List<Challenge> challenges() {
        return client.resources(Challenge.class)
                .inNamespace(namespace.name())
                .list()
                .getItems();
    }
}
