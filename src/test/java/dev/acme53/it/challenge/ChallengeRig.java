package dev.acme53.it.challenge;

import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.NewOrder;
import dev.acme53.api.Authorization;
import dev.acme53.api.Bytes;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateRequestSpec;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.ChallengeType;
import dev.acme53.api.CnameStrategy;
import dev.acme53.api.Dns01Solver;
import dev.acme53.api.Finalizers;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.KubernetesAuth;
import dev.acme53.api.OfferedChallenge;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.Route53Auth;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.api.ServiceAccountRef;
import dev.acme53.api.Solver;
import dev.acme53.api.State;
import dev.acme53.aws.ClusterTokens;
import dev.acme53.aws.SolverIdentities;
import dev.acme53.challenge.ChallengeSettings;
import dev.acme53.challenge.ChallengeStage;
import dev.acme53.dns.Nameserver;
import dev.acme53.dns.Resolvers;
import dev.acme53.it.stages.RunningStages;
import dev.acme53.it.stages.TestCa;
import dev.acme53.it.stages.TestTime;
import dev.acme53.names.DnsName;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StageRegistration;
import dev.acme53.rig.DirectNetwork;
import dev.acme53.route53.HandTimedRoute53;
import dev.acme53.route53.RecordChanges;
import dev.acme53.servers.ControllerAccount;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import dev.acme53.sim.AccessKey;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.RecordChange;
import dev.acme53.sim.Role;
import dev.acme53.sim.Simulator;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// A namespace with a ready Issuer whose solver has access keys, and the stage with whatever stands in its way.
final class ChallengeRig implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CHECK_RETRY = Duration.ofSeconds(10);

    final KubernetesClient client;
    final TestNamespace namespace;
    private final KubernetesApi kubernetes;
    private final TestCa ca;
    private final AcmeAccount account;
    private final List<Solver> solvers = new ArrayList<>();
    final MeterRegistry meters = new SimpleMeterRegistry();
    private Duration cleanUpGrace = Duration.ofHours(1);
    private Optional<Nameserver> dns = Optional.empty();
    private final Optional<TestTime> time;
    private Optional<HandTimedRoute53> route53 = Optional.empty();

    ChallengeRig(KubernetesApi kubernetes, TestCa ca) {
        this(kubernetes, ca, Optional.empty());
    }

    /// @param time of its stages, when it is not the system's
    ChallengeRig(KubernetesApi kubernetes, TestCa ca, Optional<TestTime> time) {
        this.time = time;
        this.kubernetes = kubernetes;
        this.ca = ca;
        client = kubernetes.client();
        namespace = kubernetes.freshNamespace();
        solvers.add(solver("", null));
        ca.readyIssuer(client, namespace, List.copyOf(solvers));
        account = ca.account(client, namespace);
        secret(simulator().accessKey().secret());
    }

    /// Has the stages to come ask a resolver that no flag names.
    void resolver(Nameserver resolver) {
        dns = Optional.of(resolver);
    }

    /// Of the stages to come.
    void cleanUpGrace(Duration grace) {
        cleanUpGrace = grace;
    }

    Simulator simulator() {
        return ca.simulator();
    }

    /// Puts the Secret there that the solver names.
    void secret(String secret) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("aws")
                        .withNamespace(namespace.name())
                        .endMetadata()
                        .addToStringData("secret", secret)
                        .build())
                .serverSideApply();
    }

    /// Puts both halves of `key` there.
    void secret(AccessKey key) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("aws")
                        .withNamespace(namespace.name())
                        .endMetadata()
                        .addToStringData("id", key.id())
                        .addToStringData("secret", key.secret())
                        .build())
                .serverSideApply();
    }

    /// Both halves of the keys from the Secret.
    static Solver keysOfTheSecret() {
        var route53 = new Route53Solver(
                null,
                "",
                new SecretKeySelector("aws", "id"),
                new SecretKeySelector("aws", "secret"),
                "",
                "",
                "us-east-1",
                null);
        return new Solver(null, null, new Dns01Solver(null, null, route53, null), null, null);
    }

    /// A role that the namespace's ServiceAccount `account` may take; both are made, and the controller may ask for
    /// the account's token.
    Solver roleOf(String account) {
        ControllerAccount.grantToken(client, namespace.name(), account);
        var provider = ClusterTokens.provider(client, "sts.amazonaws.com");
        simulator().addProvider(provider);
        var role = simulator().userArn("acme53").replace(":user/acme53", ":role/" + account);
        simulator()
                .addRole(new Role(
                        role,
                        IamPolicy.documented(),
                        List.of(new Role.Trust.WebIdentity(
                                provider.issuer(),
                                Set.of("system:serviceaccount:" + namespace.name() + ":" + account),
                                Set.of("sts.amazonaws.com")))));
        var auth = new Route53Auth(new KubernetesAuth(new ServiceAccountRef(account, List.of())));
        var route53 = new Route53Solver(auth, "", null, null, role, "", "us-east-1", null);
        return new Solver(null, null, new Dns01Solver(null, null, route53, null), null, null);
    }

    /// Keys of the simulator's user.
    Solver solver(String hostedZoneId, @Nullable CnameStrategy strategy) {
        var route53 = new Route53Solver(
                null,
                simulator().accessKey().id(),
                null,
                new SecretKeySelector("aws", "secret"),
                "",
                hostedZoneId,
                "us-east-1",
                null);
        return new Solver(null, null, new Dns01Solver(strategy, null, route53, null), null, null);
    }

    RunningStages stage() {
        return stage(records -> records);
    }

    /// @param between what stands between the stage and Route 53
    RunningStages stage(UnaryOperator<RecordChanges> between) {
        return stage(between, 60);
    }

    RunningStages stage(UnaryOperator<RecordChanges> between, int atOnce) {
        return running(new Interceptor() {}, between, atOnce);
    }

    private RunningStages running(Interceptor toApi, UnaryOperator<RecordChanges> between, int atOnce) {
        return new RunningStages(
                kubernetes,
                namespace,
                time.map(TestTime::stageClock).orElse(InstantSource.system()),
                toApi,
                context -> {
                    var stage = registration(context, between, atOnce);
                    return List.of(
                            time.<StageRegistration<?>>map(t -> t.over(stage)).orElse(stage));
                });
    }

    /// What the stage that was started last has of Route 53, where time is a test's.
    HandTimedRoute53 route53() {
        return route53.orElseThrow();
    }

    /// A stage that ends where `severed` says.
    RunningStages stage(Severed severed) {
        return stage(severed, records -> records);
    }

    RunningStages stage(Severed severed, UnaryOperator<RecordChanges> between) {
        return running(severed, between, 60);
    }

    private StageRegistration<Challenge> registration(
            StageContext context, UnaryOperator<RecordChanges> between, int atOnce) {
        var server = simulator().dnsAddress();
        route53 = time.map(t -> new HandTimedRoute53(Route53Room.LIMITS, t.clock(), t::later));
        var room = route53.map(Route53Room::of).orElseGet(() -> Route53Room.of(context));
        return ChallengeStage.of(
                context,
                new ChallengeSettings(atOnce, CHECK_RETRY, false, false, cleanUpGrace, Duration.ZERO, dns.isEmpty()),
                ca.logins(context.client(), namespace),
                new SolverIdentities(
                        context.client(),
                        Map.of(
                                "AWS_ENDPOINT_URL_ROUTE_53",
                                simulator().route53Endpoint().toString(),
                                "AWS_ENDPOINT_URL_STS",
                                simulator().stsEndpoint().toString()),
                        "acme53/test",
                        UrlConnectionHttpClient.create(),
                        context.clock(),
                        context.random()),
                room.zones(),
                between.apply(room.records()),
                room.changes(),
                Resolvers.of(
                        List.of(dns.orElseGet(
                                () -> new Nameserver.Plain(server.getAddress().getHostAddress(), server.getPort()))),
                        dns.isEmpty(),
                        context.clock(),
                        DirectNetwork.doh()),
                meters);
    }

    Challenge create(String name) {
        return create(name, solver("", null));
    }

    /// A Challenge as the order stage makes it, with its Order, for an Issuer that has `solver`.
    Challenge create(String name, Solver solver) {
        offer(solver);
        return create(ordered(name, solver));
    }

    /// Gives the Issuer one more solver.
    void offer(Solver solver) {
        if (!solvers.contains(solver)) {
            solvers.add(solver);
            ca.solvers(client, namespace, solvers.toArray(Solver[]::new));
        }
    }

    /// Orders `name` at the CA and says what its Challenge would hold. A wildcard's `*.` is left out there.
    ChallengeSpec ordered(String name, Solver solver) {
        var order = answer(account.newOrder(new NewOrder(
                List.of(DnsName.of(name)), List.of(), Optional.empty(), Optional.empty(), Optional.empty())));
        var authorization = answer(account.authorization(order.authorizations().getFirst()));
        var offered = authorization.challenges().stream()
                .filter(c -> c.type().equals("dns-01"))
                .findFirst()
                .orElseThrow();
        return new ChallengeSpec(
                offered.url().toString(),
                authorization.url().toString(),
                name.startsWith("*.") ? name.substring(2) : name,
                name.startsWith("*."),
                ChallengeType.DNS_01,
                offered.token(),
                account.dns01Value(offered.token()),
                solver,
                new IssuerRef(TestCa.ISSUER, "Issuer", ""));
    }

    Challenge create(ChallengeSpec spec) {
        return create(spec, order(spec, Optional.empty()));
    }

    /// A Challenge that `owners` control, if any.
    Challenge create(ChallengeSpec spec, HasMetadata... owners) {
        var challenge = new Challenge();
        challenge.setMetadata(new ObjectMetaBuilder()
                .withGenerateName("challenge-")
                .withNamespace(namespace.name())
                .withOwnerReferences(
                        Stream.of(owners).map(OwnerReferences::controlledBy).toList())
                .build());
        challenge.setSpec(spec);
        return client.resource(challenge).create();
    }

    /// A request of `certificate`.
    CertificateRequest request(Certificate certificate) {
        var request = new CertificateRequest();
        request.setMetadata(new ObjectMetaBuilder()
                .withGenerateName("request-")
                .withNamespace(namespace.name())
                .withOwnerReferences(OwnerReferences.controlledBy(certificate))
                .build());
        request.setSpec(client.getKubernetesSerialization()
                .unmarshal(
                        "{\"request\": \"Y3Ny\", \"issuerRef\": {\"name\": \"%s\"}}".formatted(TestCa.ISSUER),
                        CertificateRequestSpec.class));
        return client.resource(request).create();
    }

    /// An Order whose CA offered what `spec` holds.
    Order order(ChallengeSpec spec, Optional<HasMetadata> owner) {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withGenerateName("order-")
                .withNamespace(namespace.name())
                .withOwnerReferences(
                        owner.map(OwnerReferences::controlledBy).stream().toList())
                .build());
        order.setSpec(new OrderSpec(
                Bytes.ofText("csr"), spec.issuerRef(), null, List.of(spec.dnsName()), null, null, null, null));
        var created = client.resource(order).create();
        created.setStatus(OrderStatus.empty()
                .withUrl("https://ca.test/order")
                .withState(State.PENDING)
                .withAuthorizations(List.of(new Authorization(
                        spec.authorizationURL(),
                        spec.dnsName(),
                        spec.wildcard(),
                        State.PENDING,
                        List.of(new OfferedChallenge(spec.url(), spec.token(), "dns-01"))))));
        return client.resource(created).updateStatus();
    }

    private static <T> T answer(AcmeResult<T> result) {
        return switch (result) {
            case AcmeResult.Answer<T>(var value, var _) -> value;
            case AcmeResult.Refused<T>(var failure) -> throw new IllegalStateException(failure.message());
        };
    }

    Optional<Challenge> read(Challenge challenge) {
        return Optional.ofNullable(client.resource(challenge).get());
    }

    /// Waits until the Challenge's status is as wanted.
    Challenge await(Challenge challenge, Predicate<ChallengeStatus> wanted) {
        return awaitObject(challenge, c -> wanted.test(c.statusOrEmpty()));
    }

    Challenge awaitObject(Challenge challenge, Predicate<Challenge> wanted) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> read(challenge).filter(wanted).isPresent());
        return read(challenge).orElseThrow();
    }

    /// Waits until the object is gone.
    void awaitGone(Challenge challenge) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> read(challenge).isEmpty());
    }

    /// Puts our finalizer on the Challenge, as anybody may who may edit it, and the place of a record if there is one.
    void claim(Challenge challenge, Map<String, String> annotations) {
        var metadata = Map.of("finalizers", List.of(Finalizers.CHALLENGE), "annotations", annotations);
        client.resource(challenge)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization().asJson(Map.of("metadata", metadata)));
    }

    void delete(Challenge challenge) {
        client.resource(challenge).delete();
    }

    /// What the simulator stores for a Challenge.
    boolean isStored(Challenge challenge) {
        return simulator().txtRecords().stream()
                .anyMatch(
                        s -> s.setIdentifier().equals('"' + challenge.getSpec().key() + '"'));
    }

    /// How often a Challenge's record was written or removed.
    long applied(Challenge challenge, RecordChange.Action action) {
        return simulator().history().stream()
                .filter(h -> h.action() == action
                        && h.recordSet()
                                .setIdentifier()
                                .equals('"' + challenge.getSpec().key() + '"'))
                .count();
    }

    List<String> eventReasons(HasMetadata challenge) {
        return client.v1().events().inNamespace(namespace.name()).list().getItems().stream()
                .filter(e -> challenge
                        .getMetadata()
                        .getUid()
                        .equals(e.getInvolvedObject().getUid()))
                .map(Event::getReason)
                .toList();
    }

    @Override
    public void close() {
        namespace.close();
        client.close();
    }
}
