package dev.acme53.it.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acme53.api.Bytes;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateRequestSpec;
import dev.acme53.api.Challenge;
import dev.acme53.api.Condition;
import dev.acme53.api.Condition.Status;
import dev.acme53.api.Conditions;
import dev.acme53.api.Issuer;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.Preserved;
import dev.acme53.api.State;
import dev.acme53.fixture.Csrs;
import dev.acme53.it.stages.ChallengePlayer;
import dev.acme53.it.stages.Events;
import dev.acme53.it.stages.RunningStages;
import dev.acme53.it.stages.SomeCertificate;
import dev.acme53.it.stages.TestCa;
import dev.acme53.order.OrderStage;
import dev.acme53.request.RequestSettings;
import dev.acme53.request.RequestStage;
import dev.acme53.request.SignerNames;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Zone;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import dev.acme53.x509.TemporaryCertificates;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// behaviour.md §2. The Order stage runs where the test needs an answer of the CA; else the test plays it.
class RequestIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final KubernetesApi KUBERNETES = TestServers.kubernetes();
    private static final TestCa CA = new TestCa(pebble -> pebble.withBlocked(List.of("blocked.example")));
    private static final Zone ZONE = CA.zone("request.test");
    private static final KeyPair KEY = PrivateKeys.generate(KeySpec.ecdsa(256));
    private static final RequestSettings ALL = new RequestSettings(true, SignerNames.ALL, true);

    private final KubernetesClient client = KUBERNETES.client();
    private final TestNamespace namespace = KUBERNETES.freshNamespace();

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
    void aRequestThatNoCertificateMadeIsApprovedOrderedAndSigned() {
        CA.readyIssuer(client, namespace);
        try (var _ = stages(ALL, true);
                var _ = new ChallengePlayer(
                        client, namespace, CA.account(client, namespace), CA.simulator(), ZONE, true)) {
            create(Csrs.pem(KEY, "driver.request.test"));
            var request = awaited("Issued");
            var order = orders().getFirst();
            assertThat(request.statusOrEmpty().certificate())
                    .isEqualTo(order.statusOrEmpty().certificate());
            assertThat(request.statusOrEmpty().ca()).isEqualTo(Bytes.EMPTY);
            assertThat(request.statusOrEmpty().failureTime()).isNull();
            assertThat(condition(request, "Approved").reason()).isEqualTo("cert-manager.io");
            assertThat(condition(request, "Ready").status()).isEqualTo(Status.TRUE);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    Events.about(request.getMetadata().getUid(), client, namespace))
                            .extracting(e -> e.getType() + " " + e.getReason())
                            .containsExactlyInAnyOrder(
                                    "Normal cert-manager.io", "Normal OrderCreated", "Normal CertificateIssued"));
            assertThat(request.getMetadata().getManagedFields())
                    .extracting(field -> field.getManager() + " " + field.getSubresource())
                    .contains(
                            "cert-manager-certificaterequests-approver status",
                            "cert-manager-certificaterequests-issuer-acme status");
        }
    }

    @Test
    void anIssuerThatDoesNotExistIsWaitedFor() {
        try (var _ = stages(ALL, false)) {
            create(Csrs.pem(KEY, "later.request.test"));
            var request = awaited("Pending");
            assertThat(condition(request, "Ready").message())
                    .isEqualTo("Referenced Issuer \"le\" does not exist: create it, or change issuerRef");
            assertThat(orders()).isEmpty();
            CA.readyIssuer(client, namespace);
            await().atMost(PATIENCE).until(() -> orders().size() == 1);
            await().atMost(PATIENCE)
                    .until(() -> condition(request(), "Ready").message(), text -> text.startsWith("Waiting on"));
            assertThat(Events.about(request.getMetadata().getUid(), client, namespace))
                    .extracting(Event::getReason)
                    .contains("IssuerNotFound")
                    .doesNotContain("OrderCreated");
        }
    }

    @Test
    void aRequestThatIsNoCsrFailsAndSaysWhatToChange() {
        CA.readyIssuer(client, namespace);
        try (var _ = stages(ALL, false)) {
            create(Bytes.ofText("this is no CSR"));
            var request = awaited("Failed");
            assertThat(condition(request, "Ready").message())
                    .isEqualTo(
                            "spec.request cannot be used: no PEM block found; make a new CertificateRequest with a PEM"
                                    + " encoded PKCS#10 request");
            assertThat(request.statusOrEmpty().failureTime()).isNotNull();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(Events.about(request.getMetadata().getUid(), client, namespace))
                                    .extracting(e -> e.getType() + " " + e.getReason())
                                    .contains("Warning RequestParsingError"));
            assertThat(orders()).isEmpty();
        }
    }

    @Test
    void aNameThatTheCaRefusesFailsTheRequestWithTheCasWords() {
        CA.readyIssuer(client, namespace);
        try (var _ = stages(ALL, true)) {
            create(Csrs.pem(KEY, "www.blocked.example"));
            var request = awaited("Failed");
            assertThat(condition(request, "Ready").message())
                    .startsWith("Order " + orders().getFirst().getMetadata().getName() + " is errored: ")
                    .contains("rejectedIdentifier")
                    .contains("www.blocked.example");
        }
    }

    @Test
    void anIssuerOfAnotherTypeIsLeftAloneAndTheCertificateSaysSo() {
        var issuer = new Issuer();
        issuer.setMetadata(new ObjectMetaBuilder()
                .withName(TestCa.ISSUER)
                .withNamespace(namespace.name())
                .build());
        var ca = JsonNodeFactory.instance.objectNode().put("secretName", "root");
        issuer.setSpec(new IssuerSpec(null, Map.of("ca", new Preserved(ca))));
        client.resource(issuer).create();
        var certificate = SomeCertificate.create(client, namespace, "c");
        var text =
                "Issuer \"le\" is of type ca, which is not served here: name an issuer with spec.acme in issuerRef, or"
                        + " run a controller that serves ca";
        try (var _ = stages(ALL, false)) {
            var request = create(Csrs.pem(KEY, "theirs.request.test"), OwnerReferences.controlledBy(certificate));
            for (var object : List.of(request, certificate)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(
                                        Events.about(object.getMetadata().getUid(), client, namespace))
                                .filteredOn(e -> e.getType().equals("Warning"))
                                .extracting(e -> e.getReason() + " " + e.getMessage() + " " + e.getCount())
                                .containsExactly("IssuerNotServed " + text + " 1"));
            }
            assertThat(Conditions.find(request().statusOrEmpty().conditions(), "Ready"))
                    .isEmpty();
        }
    }

    @Test
    void anotherGroupIsIgnored() {
        try (var _ = stages(new RequestSettings(false, SignerNames.ALL, true), false)) {
            var theirs = request(Csrs.pem(KEY, "x.request.test"), new IssuerRef("x", "Issuer", "example.org"));
            theirs.getMetadata().setName("theirs");
            var created = client.resource(theirs).create();
            create(Csrs.pem(KEY, "ours.request.test"));
            await().atMost(PATIENCE)
                    .until(() -> !Events.about(request().getMetadata().getUid(), client, namespace)
                            .isEmpty());
            var now = client.resource(created).get();
            assertThat(now.getMetadata().getResourceVersion())
                    .isEqualTo(created.getMetadata().getResourceVersion());
            assertThat(Events.about(now.getMetadata().getUid(), client, namespace))
                    .isEmpty();
        }
    }

    @Test
    void withoutTheApproverNothingIsOrderedBeforeSomebodyApproves() {
        CA.readyIssuer(client, namespace);
        try (var _ = stages(new RequestSettings(false, SignerNames.ALL, true), false)) {
            var request = create(Csrs.pem(KEY, "slow.request.test"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(Events.about(request.getMetadata().getUid(), client, namespace))
                                    .extracting(Event::getReason)
                                    .containsExactly("WaitingForApproval"));
            assertThat(orders()).isEmpty();
            decide("Approved");
            await().atMost(PATIENCE).until(() -> orders().size() == 1);
        }
    }

    @Test
    void aDeniedRequestIsNeverOrdered() {
        CA.readyIssuer(client, namespace);
        create(Csrs.pem(KEY, "denied.request.test"));
        decide("Denied");
        try (var _ = stages(ALL, false)) {
            var request = awaited("Denied");
            assertThat(condition(request, "Ready").status()).isEqualTo(Status.FALSE);
            assertThat(request.statusOrEmpty().failureTime()).isNotNull();
            assertThat(Conditions.find(request.statusOrEmpty().conditions(), "Approved"))
                    .isEmpty();
            assertThat(orders()).isEmpty();
        }
    }

    @Test
    void anOrderThatThePeerBeganUnderAnotherNameIsAdopted() {
        CA.readyIssuer(client, namespace);
        var request = create(Csrs.pem(KEY, "peer.request.test"));
        var peers = new Order();
        peers.setMetadata(new ObjectMetaBuilder()
                .withName("peers-name")
                .withNamespace(namespace.name())
                .withOwnerReferences(OwnerReferences.controlledBy(request))
                .build());
        peers.setSpec(new OrderSpec(
                request.getSpec().request(),
                request.getSpec().issuerRef(),
                null,
                List.of("peer.request.test"),
                null,
                null,
                null,
                null));
        client.resource(peers).create();
        try (var _ = stages(ALL, false)) {
            assertThat(condition(awaited("Pending"), "Ready").message())
                    .isEqualTo("Waiting on certificate issuance from order " + namespace + "/peers-name: \"pending\"");
        }
        try (var _ = stages(ALL, false)) {
            played(order -> order.withState(State.INVALID).withReason("why"));
            assertThat(condition(awaited("Failed"), "Ready").message()).isEqualTo("Order peers-name is invalid: why");
        }
        assertThat(orders()).hasSize(1);
    }

    @Test
    void aRestartMakesNoSecondOrderAlthoughTheProfileChanged() {
        CA.readyIssuer(client, namespace);
        create(Csrs.pem(KEY, "profile.request.test"));
        try (var _ = stages(ALL, false)) {
            await().atMost(PATIENCE).until(() -> orders().size() == 1);
        }
        CA.profile(client, namespace, "shortlived");
        try (var _ = stages(ALL, false)) {
            await().atMost(PATIENCE)
                    .until(() -> condition(request(), "Ready").message(), text -> text.startsWith("Waiting on"));
            played(order -> order.withState(State.ERRORED).withReason("enough"));
            awaited("Failed");
            assertThat(orders()).hasSize(1);
        }
    }

    @Test
    void theMessageEndsInTheChallengesNameAndReason() {
        CA.readyIssuer(client, namespace);
        try (var _ = stages(ALL, true)) {
            create(Csrs.pem(KEY, "reason.request.test"));
            await().atMost(PATIENCE).until(() -> challenges().size() == 1);
            var challenge = challenges().getFirst();
            ChallengePlayer.set(client, challenge, State.PENDING, "no hosted zone has the name");
            await().atMost(PATIENCE)
                    .until(
                            () -> condition(request(), "Ready").message(),
                            text -> text.endsWith("\"pending\"; "
                                    + challenge.getMetadata().getName() + ": no hosted zone has the name"));
        }
    }

    @Test
    void aCertificateForAnotherKeyIsThrownAwayWithItsOrder() {
        CA.readyIssuer(client, namespace);
        try (var _ = stages(ALL, false)) {
            create(Csrs.pem(KEY, "key.request.test"));
            await().atMost(PATIENCE).until(() -> orders().size() == 1);
            var first = orders().getFirst().getMetadata();
            var wrong = certificateFor(PrivateKeys.generate(KeySpec.ecdsa(256)));
            played(order -> order.withState(State.VALID).withCertificate(wrong));
            await().atMost(PATIENCE)
                    .until(() -> orders().size() == 1
                            && !orders().getFirst().getMetadata().getUid().equals(first.getUid()));
            assertThat(orders().getFirst().getMetadata().getName()).isEqualTo(first.getName());
            var right = certificateFor(KEY);
            played(order -> order.withState(State.VALID).withCertificate(right));
            assertThat(awaited("Issued").statusOrEmpty().certificate()).isEqualTo(right);
        }
    }

    private RunningStages stages(RequestSettings settings, boolean orders) {
        return new RunningStages(
                KUBERNETES,
                namespace,
                context -> orders
                        ? List.of(
                                RequestStage.of(context, settings),
                                OrderStage.of(context, CA.logins(context.client(), namespace)))
                        : List.of(RequestStage.of(context, settings)));
    }

    private CertificateRequest create(Bytes csr, OwnerReference... owners) {
        var request = request(csr, new IssuerRef(TestCa.ISSUER, null, null));
        request.getMetadata().setOwnerReferences(List.of(owners));
        return client.resource(request).create();
    }

    private CertificateRequest request(Bytes csr, IssuerRef issuer) {
        var request = new CertificateRequest();
        request.setMetadata(new ObjectMetaBuilder()
                .withName("request")
                .withNamespace(namespace.name())
                .build());
        request.setSpec(new CertificateRequestSpec(null, issuer, csr, false, null, null, null, null, null));
        return request;
    }

    private void decide(String type) {
        var request = request();
        request.setStatus(request.statusOrEmpty()
                .withConditions(Conditions.set(
                        request.statusOrEmpty().conditions(), type, Status.TRUE, "policy", "", null, Instant.now())));
        client.resource(request).updateStatus();
    }

    private void played(UnaryOperator<OrderStatus> change) {
        var order = orders().getFirst();
        order.setStatus(change.apply(order.statusOrEmpty()));
        client.resource(order).updateStatus();
    }

    private static Bytes certificateFor(KeyPair pair) {
        var template = Csrs.template("", "key.request.test");
        return Bytes.ofText(
                TemporaryCertificates.sign(template, Duration.ofDays(1), pair, Instant.now(), new SplittableRandom())
                        .orElseThrow());
    }

    private CertificateRequest request() {
        return client.resources(CertificateRequest.class)
                .inNamespace(namespace.name())
                .withName("request")
                .get();
    }

    private CertificateRequest awaited(String reason) {
        Predicate<CertificateRequest> reached =
                r -> Conditions.reason(r.statusOrEmpty().conditions(), "Ready").equals(reason);
        return await().atMost(PATIENCE).until(this::request, reached);
    }

    private static Condition condition(CertificateRequest request, String type) {
        return Conditions.find(request.statusOrEmpty().conditions(), type).orElseThrow();
    }

    private List<Order> orders() {
        return client.resources(Order.class)
                .inNamespace(namespace.name())
                .list()
                .getItems();
    }

    private List<Challenge> challenges() {
        return client.resources(Challenge.class)
                .inNamespace(namespace.name())
                .list()
                .getItems();
    }
}
